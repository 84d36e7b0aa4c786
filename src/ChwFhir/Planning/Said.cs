using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What the visits so far have said of a long-lived resource, and which visit said what last: the base of the next merge.</summary>
/// <param name="Body">The words of the visits alone, without what others changed in the EHR.</param>
/// <param name="Times">Start of the visit that last spoke of an element, by its name (<c>status</c>, <c>activity/s1</c>, <c>activity/s1/status</c>); the year 1 of a step whose status none has said.</param>
public sealed record Said(Resource Body, IReadOnlyDictionary<string, DateTimeOffset> Times)
{
    /// <summary>The words it had when it was first written, folded: tells a reused id from the same thing reworded.</summary>
    public string? FirstWords { get; init; }

    /// <summary>The EHR's resource as it was last written or read by us: what differs from it now, somebody else has changed since. Null when that is not known.</summary>
    public Resource? Seen { get; init; }

    /// <summary>The visits' words that <see cref="Seen"/> was made with, where later ones found no place in the EHR; null when those of <see cref="Body"/> did.</summary>
    public Resource? Applied { get; init; }

    /// <summary>Every visit that spoke of it was taken back: it says what we left in the EHR.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>The same words, where they found no place in the EHR: what it was last made with is not forgotten.</summary>
    public Said NotApplied(Said? before) => this with { Seen = before?.Seen, Applied = before?.Applied ?? before?.Body };

    /// <summary>With references to what has a place by now by that place.</summary>
    internal Said Settled(IReadOnlyList<PlanStep> steps) => this with
    {
        Body = PlacedReferences.Settled(Body, steps),
        Seen = Seen is null ? null : PlacedReferences.Settled(Seen, steps),
        Applied = Applied is null ? null : PlacedReferences.Settled(Applied, steps),
    };
}
