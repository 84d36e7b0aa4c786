using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What the visits so far have said of a long-lived resource, and which visit said what last: the base of the next merge.</summary>
/// <param name="Body">The words of the visits alone, without what others changed in the EHR.</param>
/// <param name="Times">Start of the visit that last spoke of an element, by its name (<c>status</c>, <c>activity/s1</c>).</param>
public sealed record Said(Resource Body, IReadOnlyDictionary<string, DateTimeOffset> Times)
{
    /// <summary>The words it had when it was first written, folded: tells a reused id from the same thing reworded.</summary>
    public string? FirstWords { get; init; }
}
