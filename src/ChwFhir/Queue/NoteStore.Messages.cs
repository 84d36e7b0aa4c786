namespace ChwFhir.Queue;

public sealed partial class NoteStore
{
    /// <summary>Of each symptom of a patient the last word of a clinician on until when it is known (FHIR date or dateTime).</summary>
    public Task<IReadOnlyDictionary<string, string>> KnownUntilAsync(string ehr, string patient, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => KnownSymptoms.Of(session, ehr, patient), cancellationToken);

    public Task<MessagePage> ListMessagesAsync(MessageFilter filter, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageReads.List(session, filter), cancellationToken);

    /// <summary>Patients of whom there are messages for a reader.</summary>
    public Task<IReadOnlyList<string>> PatientsOfInboxAsync(MessageFilter filter, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageReads.Patients(session, filter), cancellationToken);

    public Task<StoredMessage?> FindMessageAsync(string ehr, long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageReads.Find(session, ehr, number), cancellationToken);

    /// <summary>The message of a note by its key, as it stands now.</summary>
    public Task<StoredMessage?> FindMessageAsync(string ehr, string note, string key, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageReads.OfNote(session, ehr, note, key), cancellationToken);

    public Task<IReadOnlyList<MessageEvent>> MessageHistoryAsync(long number, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageReads.History(session, number), cancellationToken);

    /// <summary>Keeps a message that no note tells; with an id that was here before it is that one.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of it was kept.</exception>
    public Task<(StoredMessage Message, bool WasHere)> KeepMessageAsync(string ehr, string patient, IncomingMessage message, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => MessageWork.Keep(session, ehr, patient, message), cancellationToken);

    /// <summary>Does with a message what <paramref name="decide"/> says of it as it is at that moment; null when there is no such message.</summary>
    /// <param name="decide">Pure: it may be asked more than once.</param>
    public Task<StoredMessage?> ChangeMessageAsync(string ehr, long number, Func<StoredMessage, MessageChange?> decide, CancellationToken cancellationToken) =>
        _writer.TryAsync(session => MessageWork.Change(session, ehr, number, decide), cancellationToken);

    /// <summary>Messages that nobody opened in their time.</summary>
    public Task<IReadOnlyList<StoredMessage>> OverdueMessagesAsync(string ehr, int most, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageWork.Overdue(session, ehr, most), cancellationToken);

    /// <summary>A message of which nothing can be read (<see cref="StoredMessage.IsDamaged"/>) is its note's and a person's matter.</summary>
    public Task SetAsideAsync(long message, CancellationToken cancellationToken) => DoAsync(session => MessageWork.SetAside(session, message), cancellationToken);

    /// <summary>When the next message is due to climb.</summary>
    public Task<DateTimeOffset?> NextClimbAsync(string ehr, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => MessageWork.NextClimb(session, ehr), cancellationToken);

    /// <summary>Takes a message one rung up; false when it is not any more where it was seen.</summary>
    public Task<bool> ClimbAsync(string ehr, StoredMessage seen, MessageRung rung, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => MessageWork.Climb(session, ehr, seen, rung), cancellationToken);

    /// <summary>Takes the notification of a channel whose turn it is, for so long; null when none is due.</summary>
    public Task<DueNotification?> TakeNotificationAsync(string ehr, string channel, TimeSpan hold, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Outbox.Take(session, ehr, channel, hold), cancellationToken);

    public Task NotificationSentAsync(long id, CancellationToken cancellationToken) => DoAsync(session => Outbox.Sent(session, id), cancellationToken);

    /// <param name="again">When it is tried again; null: never.</param>
    public Task NotificationFailedAsync(long id, DateTimeOffset? again, CancellationToken cancellationToken) =>
        DoAsync(session => Outbox.Failed(session, id, again), cancellationToken);

    public Task<DateTimeOffset?> NextNotificationAsync(string ehr, string channel, CancellationToken cancellationToken) =>
        _readers.RunAsync(session => Outbox.NextDue(session, ehr, channel), cancellationToken);

    /// <summary>Adds messages of a note that were found out since its receipt; those of them that were told before are from now on for the few alone.</summary>
    public Task TellMoreAsync(long note, IReadOnlyList<IncomingMessage> messages, CancellationToken cancellationToken) =>
        DoAsync(session => Messages.TellMore(session, note, messages), cancellationToken);
}
