using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>A note that this service holds of the patient, as far as its reader may see it.</summary>
/// <param name="Said">What a visit note says; null for every other kind.</param>
internal sealed record OwnNote(StoredNote Stored, VisitNote? Said)
{
    public FactSource Source => new(Stored.Kind == "after-visit-summary" ? FactSource.Summary : FactSource.VisitNote, Stored.Id, Chart.Said.Stamp(Stored.VisitTime));

    /// <summary>Somebody was there: not a plan, and not a door that stayed closed.</summary>
    public bool IsVisit => Said?.Visit.Status is VisitStatus.Completed or VisitStatus.EndedEarly;
}
