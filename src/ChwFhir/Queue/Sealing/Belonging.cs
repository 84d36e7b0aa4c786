using System.Globalization;

namespace ChwFhir.Queue.Sealing;

/// <summary>
/// What rows are found by stands the same in each of them, and so opens in each. Whose a note or a message is, is held by a seal of its own: put into another
/// row, or with another of them beside it, it does not open.
/// </summary>
internal static class Belonging
{
    public static ToSeal OfNote(long number, string id, string patient, string? author, string? sentBy, string? sender) =>
        Secret.Whose.Of("", Note(number, id, patient, author, sentBy, sender))!;

    public static RowName Note(long number, string id, string patient, string? author, string? sentBy, string? sender) =>
        new("note", number, RowName.Parts(id, patient, author, sentBy, sender));

    public static RowName Message(long number, long? note, string patient, string? sender) => new("message", number, RowName.Parts(note?.ToString(CultureInfo.InvariantCulture), patient, sender));

    public static ToSeal OfMessage(long number, long? note, string patient, string? sender) => Secret.Whose.Of("", Message(number, note, patient, sender))!;

    /// <summary>The note, with what it tells, is this patient's from here on.</summary>
    public static void Move(Session session, long number, string patient)
    {
        if (session.Row("SELECT patient FROM note WHERE number = $1", row => row.GetString(0, Secret.Patient), number) == patient)
            return;
        session.Do("UPDATE note SET patient = $2 WHERE number = $1", number, Secret.Patient.Of(patient));
        session.Do("UPDATE message SET patient = $2 WHERE note_number = $1", number, Secret.Patient.Of(patient));
        Renew(session, number);
        foreach (var message in session.Rows("SELECT number, note_number, patient, sender FROM message WHERE note_number = $1", OfMessage, number))
            session.Do("UPDATE message SET whose = $2 WHERE number = $1", message.Number, message.Seal);
    }

    /// <summary>After a change of what the note is found by.</summary>
    public static void Renew(Session session, long number)
    {
        var seal = session.Row("SELECT number, id, patient, author, sent_by, sender FROM note WHERE number = $1", OfNote, number).Seal;
        session.Do("UPDATE note SET whose = $2 WHERE number = $1", number, seal);
    }

    /// <summary>Of what was there before there were seals.</summary>
    public static void Fill(Session session)
    {
        foreach (var note in session.Rows("SELECT number, id, patient, author, sent_by, sender FROM note", OfNote))
            session.Do("UPDATE note SET whose = $2 WHERE number = $1", note.Number, note.Seal);
        foreach (var message in session.Rows("SELECT number, note_number, patient, sender FROM message", OfMessage))
            session.Do("UPDATE message SET whose = $2 WHERE number = $1", message.Number, message.Seal);
    }

    private static (long Number, ToSeal Seal) OfNote(StoreRow row) => (row.GetInt64(0), OfNote(
        row.GetInt64(0), row.GetString(1, Secret.CallersId), row.GetString(2, Secret.Patient), row.Text(3, Secret.Person), row.Text(4, Secret.Person), row.Text(5, Secret.Person)));

    private static (long Number, ToSeal Seal) OfMessage(StoreRow row) =>
        (row.GetInt64(0), OfMessage(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2, Secret.Patient), row.Text(3, Secret.Person)));
}
