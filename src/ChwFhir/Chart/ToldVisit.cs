using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>A visit note, or a screening that came by itself, as a reader of the chart may have it: what is held is not in it.</summary>
/// <param name="Said">Without what is held, and, but for the CHW team, without what is theirs alone.</param>
public sealed record ToldVisit(StoredNote Stored, VisitNote Said, IReadOnlyList<ToldFlag> Flags, IReadOnlyList<ToldScreening> Screenings, IReadOnlyList<SeriesValue> Scores)
{
    /// <summary>
    /// Nobody has asked the EHR about the patient of this content yet. How old they are is not known, and what would be held back of a child or for a
    /// part that other notes hold is not in <see cref="Said"/>: once they are looked up there may be more.
    /// </summary>
    public bool IsNotLookedUp { get; init; }

    public DateTimeOffset At => Stored.VisitTime;

    public bool IsNote => Stored.Kind == "visit-note";

    /// <summary>Somebody was there: not a plan, and not a door that stayed closed.</summary>
    public bool IsVisit => IsNote && Said.Visit.Status is VisitStatus.Completed or VisitStatus.EndedEarly;

    public FactSource Source => new(FactSource.VisitNote, Stored.Id, Chart.Said.Stamp(At));

    /// <summary>What a part of it stands under in the EHR; null while it stands nowhere by itself.</summary>
    public string? ReferenceOf(string key) => Stored.Resources.FirstOrDefault(row => row.Key == key && row.State is ResourceState.Written or ResourceState.Existing or ResourceState.Held)?.Reference;
}
