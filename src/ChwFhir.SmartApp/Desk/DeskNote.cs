using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;
using ChwFhir.WriteBack;

namespace ChwFhir.SmartApp.Desk;

/// <summary>A note on the supervisor's desk.</summary>
/// <param name="Chw">Who wrote it, where their name is known.</param>
/// <param name="Person">Null while the chart has not said who they are.</param>
/// <param name="IsOutside">Its patient is none of its sender's: it waits for its release.</param>
public sealed record DeskNote(NoteStatus Status, DateTimeOffset VisitTime, string? Chw, Part<Person>? Person, bool IsOutside)
{
    /// <summary>Encounters of its patient around the day of the visit, where it asks for one; null while the EHR does not answer.</summary>
    public IReadOnlyList<OfferedEncounter>? Encounters { get; init; }

    /// <summary>Parts that wait for a person's word.</summary>
    public IReadOnlyList<ResourceStatus> Undecided =>
    [
        .. Status.Resources.Where(part => part.State is "unknown" or "refused" || (Status.State == "needs-attention" && (part.State == "pending" || part is { Key: "note", State: "kept" } || IsOnlyToClose(part)))),
    ];

    /// <summary>It is not valid: nothing else can be decided of it.</summary>
    public bool IsOnlyToClose(ResourceStatus part) => part.State is not ("unknown" or "refused") && (part.State != "kept" || part.Key != "note") && NotValidParts.Are(Status.Issues, part.Key);

    /// <summary>The chart itself is in question.</summary>
    public bool AsksForChart => Status.State == "needs-attention" && Status.Issues.Any(issue => issue is { Severity: "error", Code: "patient-merged" or "patient-mismatch" or "patient-not-found" or "patient-missing" or "patient-deleted" or "patient-unknown" });

    /// <summary>The EHR wants an encounter, and none is clear.</summary>
    public bool AsksForEncounter => Status.State == "needs-attention" && Status.Issues.Any(issue => issue.Severity != "information" && issue.Code.StartsWith("encounter-", StringComparison.Ordinal))
        && Status.Resources.All(part => part is not { Key: "encounter", State: "written" or "existing" });
}
