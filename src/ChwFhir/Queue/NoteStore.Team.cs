namespace ChwFhir.Queue;

public sealed partial class NoteStore
{
    /// <summary>Somebody has come in: who they are, and what they are called.</summary>
    public Task KeepStaffAsync(string ehr, StaffRow person, CancellationToken cancellationToken) => DoAsync(session => TeamBook.Keep(session, ehr, person), cancellationToken);

    public Task<IReadOnlyList<StaffRow>> StaffAsync(string ehr, CancellationToken cancellationToken) => _readers.RunAsync(session => TeamBook.Staff(session, ehr), cancellationToken);

    /// <summary>Those who are away or will be, the first to go first.</summary>
    public Task<IReadOnlyList<AwayRow>> AwayAsync(string ehr, CancellationToken cancellationToken) => _readers.RunAsync(session => TeamBook.Away(session, ehr), cancellationToken);

    public Task SayAwayAsync(string ehr, AwayRow away, CancellationToken cancellationToken) => DoAsync(session => TeamBook.SayAway(session, ehr, away), cancellationToken);

    /// <returns>False when there is none of this person, or it is over.</returns>
    public Task<bool> EndAwayAsync(string ehr, string who, long id, CancellationToken cancellationToken) => _writer.RunAsync(session => TeamBook.EndAway(session, ehr, who, id), cancellationToken);
}
