using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>Words of the care team on concerns, in the order in which they were said.</summary>
internal static class ConcernWords
{
    public static IReadOnlyList<ConcernWordRow> Of(Session session, string baseUrl, string patient) => Ehrs.Find(session, baseUrl) is not { } ehr ? [] : session.Rows(
        "SELECT concern, word, reason, by, name, role, at FROM concern_word WHERE ehr_id = $1 AND patient = $2 ORDER BY id", row => Read(row, ehr, patient), ehr, Secret.Patient.Of(patient));

    public static void Keep(Session session, string baseUrl, string patient, ConcernWordRow word)
    {
        var (ehr, at) = (Ehrs.Keep(session, baseUrl), word.At.ToUnixTimeMilliseconds());
        var name = RowName.ConcernWord(ehr, patient, word.Concern, at);
        session.Do(
            "INSERT INTO concern_word (ehr_id, patient, concern, word, reason, by, name, role, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            ehr, Secret.Patient.Of(patient), Secret.Key.Of(word.Concern), word.Word, word.Reason is { } reason ? Secret.Reason.Of(reason, name) : null, Secret.Person.Of(word.By), Secret.PersonsName.Of(word.Name, name), word.Role, at);
    }

    private static ConcernWordRow Read(StoreRow row, long ehr, string patient)
    {
        var concern = row.GetString(0, Secret.Key);
        var name = RowName.ConcernWord(ehr, patient, concern, row.GetInt64(6));
        return new ConcernWordRow(concern, row.GetString(1), row.Text(2, Secret.Reason, name), row.GetString(3, Secret.Person), row.GetString(4, Secret.PersonsName, name), row.GetString(5), row.Time(6));
    }
}
