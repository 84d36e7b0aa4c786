using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Tests.Chart;

/// <summary>A CHW's visit as this service holds it.</summary>
internal static class TheVisit
{
    public static OwnNote On(DateTimeOffset start, string id = "visit", VisitStatus status = VisitStatus.Completed, string sentBy = "dolores", Func<VisitNote, VisitNote>? with = null)
    {
        var said = new VisitNote
        {
            Id = id, Language = "en",
            Patient = new NotePatient { Reference = TheChart.Patient },
            Author = new NoteAuthor { Reference = "Practitioner/chw-1", Name = "Dolores W." },
            Visit = new Visit { Start = start, Status = status },
        };
        return new OwnNote(
            new StoredNote(1, TheChart.Base, id, "visit-note", TheChart.Patient, "Practitioner/chw-1", "", NoteState.Written, start, start, 1, null, 1, start, [], []) { SentBy = sentBy }, with?.Invoke(said) ?? said);
    }
}
