using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.Journeys.SmartApp.Clinician;

/// <summary>Visits and messages with no more in them than a test speaks of.</summary>
internal static class SomeVisit
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.FromHours(-5));

    public static ToldVisit On(int day, Func<VisitNote, VisitNote> with, IReadOnlyList<ToldFlag>? flags = null)
    {
        var start = new DateTimeOffset(2026, 11, day, 14, 0, 0, TimeSpan.FromHours(-5));
        var said = with(new VisitNote { Id = $"v{day}", Language = "en", Patient = new() { Reference = "Patient/p1" }, Author = new() { Name = "Dolores W." }, Visit = new() { Start = start } });
        var stored = new StoredNote(day, "http://ehr", said.Id, "visit-note", "Patient/p1", "Practitioner/chw-1", "", NoteState.Written, start, start, 1, null, 1, start, [], []);
        return new ToldVisit(stored, said, flags ?? [], [], []);
    }

    public static MessageView Message(string id, string urgency, string reach = "notified", string? note = null, string key = "message/m1", string text = "Please call.") => new(
        id, note, null, key, "Patient/p1", "note", new MessageSender("Practitioner/chw-1", "chw"), ["nurse"], [], urgency, null, text, [], true, false, false, Now.AddDays(-1), Now, false, reach, null, null, null, null, null, null, null, [], []);
}
