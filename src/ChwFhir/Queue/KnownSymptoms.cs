using ChwFhir.Queue.Sealing;

namespace ChwFhir.Queue;

/// <summary>What clinicians have said of a patient's symptoms: known, until then.</summary>
internal static class KnownSymptoms
{
    public static IReadOnlyDictionary<string, string> Of(Session session, string baseUrl, string patient) => session.Rows(
        """
        SELECT known_symptom.symptom, known_symptom.until, known_symptom.number FROM known_symptom JOIN ehr ON ehr.id = known_symptom.ehr_id
        WHERE ehr.base_url = $1 AND known_symptom.patient = $2 ORDER BY known_symptom.id
        """,
        row => (Symptom: row.TextIfItOpens(0, Secret.Symptom, RowName.Symptom(row.GetInt64(2), row.GetString(1))), Until: row.GetString(1)), baseUrl, Secret.Patient.Of(patient))
        .Where(known => known.Symptom is not null).GroupBy(known => known.Symptom!).ToDictionary(known => known.Key, known => known.Last().Until);

    public static void Keep(Session session, long number, string symptom, string until, string by) => session.Do(
        "INSERT INTO known_symptom (ehr_id, patient, symptom, until, by, at, number) SELECT ehr_id, patient, $2, $3, $4, $5, number FROM message WHERE number = $1",
        number, Secret.Symptom.Of(symptom, RowName.Symptom(number, until)), until, Secret.Person.Of(by), session.Here);
}
