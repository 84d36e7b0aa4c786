namespace ChwFhir.Queue;

// Notes of patients outside their sender's panel.
public sealed partial class NoteStore
{
    /// <summary>Lets a note go on; false when nothing holds it.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    public Task<bool> ReleaseAsync(string ehr, string id, string by, string? reason, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => Panels.Release(session, ehr, id, by, reason), cancellationToken);

    /// <summary>Keeps a note from the EHR for good; false when nothing holds it.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    public Task<bool> RefuseReleaseAsync(string ehr, string id, string by, string reason, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => Panels.Refuse(session, ehr, id, by, reason), cancellationToken);

    public Task SettlePanelAsync(Claim claim, long number, NotePanel panel, CancellationToken cancellationToken) =>
        StepAsync(claim, session => Panels.Settle(session, claim, number, panel), cancellationToken);

    /// <summary>Patients of whom a practitioner has written notes that were let through, as <c>Patient/x</c>.</summary>
    public Task<IReadOnlyList<string>> PatientsOfAuthorAsync(string ehr, string practitioner, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Panels.PatientsOf(session, ehr, practitioner), cancellationToken);
}
