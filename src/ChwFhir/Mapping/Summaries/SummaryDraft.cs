using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Shapes;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

/// <summary>One after-visit summary on its way to FHIR.</summary>
internal sealed class SummaryDraft(AfterVisitSummary summary, string contentHash, ResolvedNote resolved, MappingOptions options) : FhirDraft(summary.Id, contentHash, resolved, options, programme: null)
{
    internal AfterVisitSummary Summary { get; } = summary;

    /// <summary>The day or time that stands for the summary: when it was written, else when the visit was. Null when it says neither.</summary>
    internal string? When { get; } = summary.Document.Created ?? summary.Encounter?.End ?? summary.Encounter?.Start;

    /// <summary>When the visit was, as exactly as the document says it.</summary>
    internal string? Visited { get; } = summary.Encounter?.Start ?? summary.Document.Created;

    /// <summary>For what FHIR wants to the second: the document's own time, else when it came in.</summary>
    internal DateTimeOffset Recorded => Instant(When) ?? Resolved.Received ?? DateTimeOffset.UnixEpoch;

    /// <summary>The responsible clinician; null when nobody is named.</summary>
    internal ResourceReference? Author() => Summary.Authors is [var first, ..] ? Person(first, Resolved.Author, Resolved.AuthorName) : null;

    internal IEnumerable<ResourceReference> Authors() =>
        Summary.Authors.Select((author, place) => place == 0 ? Author()! : Person(author, null, null));

    /// <summary>A time to the second, where it is one.</summary>
    internal static DateTimeOffset? Instant(string? time) => time is not null && CalendarText.TryTime(time, out var instant) ? instant : null;

    /// <summary>One whom the EHR does not know stands by number and name.</summary>
    private static ResourceReference Person(DocumentAuthor author, string? known, string? name)
    {
        var reference = new ResourceReference { Reference = known ?? (author.Identifiers.Count == 0 ? author.Reference : null), Display = name ?? author.Name ?? author.Organization };
        if (reference.Reference is null && author.Identifiers is [var number, ..])
            (reference.Type, reference.Identifier) = ("Practitioner", Concepts.Given(number.System, number.Value));
        return reference;
    }
}
