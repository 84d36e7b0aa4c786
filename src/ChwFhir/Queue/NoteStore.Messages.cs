namespace ChwFhir.Queue;

public sealed partial class NoteStore
{
    /// <summary>Of each symptom of a patient the last word of a clinician on until when it is known (FHIR date or dateTime).</summary>
    public Task<IReadOnlyDictionary<string, string>> KnownUntilAsync(string ehr, string patient, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => KnownSymptoms.Of(session, ehr, patient), cancellationToken);
}
