using ChwFhir.Intake;
using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Notes of patients outside their sender's panel: kept, and let go on by a person.</summary>
internal static class Panels
{
    public static readonly NoteIssue NotInPanel = new("error", "not-in-panel", null, "the patient is none of the sender's; nothing goes to the EHR until a supervisor releases the note");

    private const string Stopped = "panel IN ('outside', 'not-yet-known')";

    /// <summary>What stands in the column: nothing for the many that are in.</summary>
    public static string? Text(NotePanel panel) => panel == NotePanel.In ? null : Words.Of(panel);

    public static NotePanel Read(string? text) => text is null ? NotePanel.In
        : Words.TryParse<NotePanel>(text, out var panel) ? panel : throw new InvalidDataException("A note has a panel word that is none.");

    /// <summary>The EHR has said by now whose the patient is.</summary>
    public static void Settle(Session session, Claim claim, long number, NotePanel panel)
    {
        Progress.Guard(session, claim, number);
        session.Do("UPDATE note SET panel = $2 WHERE number = $1 AND panel = 'not-yet-known'", number, Text(panel));
        Progress.Touch(session, number);
    }

    /// <summary>A supervisor lets a note go on; false when nothing holds it.</summary>
    public static bool Release(Session session, string ehr, string id, string by, string? reason)
    {
        if (Decide(session, ehr, id, NotePanel.Released, by, reason) is not { } number)
            return false;
        Amendments.Requeue(session, number);
        Progress.Touch(session, number, issues => StagedIssues.Replace(issues, StagedIssues.Tried, []));
        return true;
    }

    /// <summary>It goes nowhere: as any note that is taken back before something of it went out. False when nothing holds it.</summary>
    public static bool Refuse(Session session, string ehr, string id, string by, string reason)
    {
        if (Decide(session, ehr, id, NotePanel.Refused, by, reason) is null)
            return false;
        Retractions.Receive(session, new IncomingRetraction(ehr, id, "refused", null));
        return true;
    }

    /// <summary>Patients of whom somebody has written notes that were let through.</summary>
    public static IReadOnlyList<string> PatientsOf(Session session, string ehr, string practitioner) => session.Rows(
        """
        SELECT DISTINCT patient FROM note WHERE ehr_id = (SELECT id FROM ehr WHERE base_url = $1) AND author = $2 AND (panel IS NULL OR panel = 'released') AND state <> 'retracted'
        """,
        row => row.TextIfItOpens(0, Secret.Patient), ehr, Secret.Person.Of(practitioner)).OfType<string>().ToList();

    private static long? Decide(Session session, string ehr, string id, NotePanel panel, string by, string? reason)
    {
        if (Amendments.Locked(session, ehr, id) is not { } note || note.Retraction is not null)
            return null;
        return session.Execute(
            $"UPDATE note SET panel = $2, panel_by = $3, panel_at = $4, panel_reason = $5 WHERE number = $1 AND {Stopped}", note.Number, Text(panel), Secret.Person.Of(by), session.Now, Secret.Reason.Of(reason, RowName.Note(note.Number))) == 1 ? note.Number : null;
    }
}
