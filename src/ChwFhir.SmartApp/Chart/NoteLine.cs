using ChwFhir.Queue;

namespace ChwFhir.SmartApp.Chart;

/// <summary>A note of the store as a page shows it.</summary>
/// <param name="Document">The note as the chart has it, without what is held; null before it is mapped, and where its copy was cleared away.</param>
public sealed record NoteLine(
    long Number, string Id, string Kind, NoteState State, DateTimeOffset VisitTime, DateTimeOffset ReceivedAt, DateTimeOffset? NextAttemptAt, string? Author, string? AuthorReference, string? VisitKind, string? VisitStatus,
    string? Document, IReadOnlyList<ResourceRow> Resources, bool IsTakenBack)
{
    /// <summary>Grows with every change that somebody may see.</summary>
    public long Revision { get; init; }

    /// <summary>Handed in as restricted, and not for this reader: that there is one is all that is said.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>Written on the patient's page while the chart did not say who it is.</summary>
    public bool IsUncompared { get; init; }

    /// <summary>A later content has come in and takes its place when the one before it has gone as far as it goes: until then that one is read.</summary>
    public bool AmendmentWaits { get; init; }

    /// <summary>Parts that the EHR has no word of; what they are stays with those whom they are for.</summary>
    public int Kept => Resources.Count(row => row.State == ResourceState.Kept);

    public IEnumerable<ResourceRow> Shown => Resources.Where(row => row is { State: not ResourceState.Kept, IsHeldSince: false });

    /// <summary>The note's document in the EHR.</summary>
    public string? Reference => Resources.FirstOrDefault(row => row.Key == "note" && row.State is ResourceState.Written or ResourceState.Existing)?.Reference;
}
