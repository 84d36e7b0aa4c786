using System.Globalization;
using System.Security.Cryptography;
using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>The inbox: who may read which message, and what they do with it.</summary>
public sealed class MessageDesk
{
    private readonly NoteStore store;
    private readonly EhrConnection ehr;
    private readonly Notifications notifications;
    private readonly MessageClock clock;
    private readonly CoverBook covers;
    private readonly MessageBell bell;
    private readonly CareTeamMetrics metrics;
    private readonly MappingOptions mapping;
    private readonly CareTeamOptions options;
    private readonly TimeProvider time;

    internal MessageDesk(
        NoteStore store, EhrConnection ehr, Notifications notifications, MessageClock clock, CoverBook covers, MessageBell bell, CareTeamMetrics metrics, MappingOptions mapping, IOptions<CareTeamOptions> options, TimeProvider time)
    {
        (this.clock, this.covers) = (clock, covers);
        (this.store, this.ehr, this.notifications, this.bell, this.metrics, this.mapping, this.options, this.time) =
            (store, ehr, notifications, bell, metrics, mapping, options.Value, time);
    }

    /// <summary>What is for the caller or was written by them: open ones the most pressing first, closed ones newest first.</summary>
    public async Task<MessageViewPage> ListAsync(TeamCaller caller, MessageQuery query, CancellationToken cancellationToken)
    {
        var page = await store.ListMessagesAsync(
            FilterOf(caller, query.State != "closed", query.State == "mine") with
            {
                Patients = caller.Patients,
                To = query.To is { } to ? TeamCaller.Canonical(to) : null, Patient = query.Patient, Limit = query.Limit, Cursor = query.Cursor,
            },
            cancellationToken);
        return new MessageViewPage([.. page.Items.Where(message => !MessageDecisions.IsWithheld(message, caller)).Select(message => View(message, caller))], page.Next);
    }

    /// <summary>One message. Read by somebody it is for, it is opened; who only looks (<paramref name="reads"/> false), wrote it or has a copy opens nothing.</summary>
    public async Task<MessageAnswer> OpenAsync(TeamCaller caller, string id, bool reads, CancellationToken cancellationToken) =>
        await ChangeAsync(caller, id, message => reads ? MessageDecisions.Open(message, caller) : Decision.Nothing, cancellationToken);

    public async Task<MessageAnswer> AcknowledgeAsync(TeamCaller caller, string id, CancellationToken cancellationToken) =>
        await ChangeAsync(caller, id, message => MessageDecisions.Acknowledge(message, caller), cancellationToken);

    public async Task<MessageAnswer> TakeAsync(TeamCaller caller, string id, CancellationToken cancellationToken) =>
        await ChangeAsync(caller, id, message => MessageDecisions.Take(message, caller), cancellationToken);

    public async Task<MessageAnswer> ReplyAsync(TeamCaller caller, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (posted, refusal) = PostedJson.Read(body, PostedReply.Shape);
        if (posted is null)
            return refusal!;

        var reply = new ReplyBody(posted.Text, Words.Of(posted.For), Words.Of(posted.Will)) { By = posted.By };
        var bytes = reply.ToBytes();
        var now = time.GetUtcNow();
        await covers.ReadAsync(cancellationToken);
        return await ChangeAsync(caller, id, message => MessageDecisions.Reply(message, caller, posted, () => Handed(message, new PostedHand(TeamRoles.Nurse, null)), new IncomingReply(
            posted.Id, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes, number => ReplyMapping.Map(message, caller, reply, number, now, mapping),
            [.. ToldOfReply(message, caller)])), cancellationToken);
    }

    public async Task<MessageAnswer> CloseAsync(TeamCaller caller, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (posted, refusal) = PostedJson.Read(body, PostedClose.Shape);
        return posted is null ? refusal! : await ChangeAsync(caller, id, message => MessageDecisions.Close(message, caller, posted, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Gives a message to somebody else: another role, or somebody of the staff by name.</summary>
    public async Task<MessageAnswer> HandAsync(TeamCaller caller, string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (posted, refusal) = PostedHand.Read(body);
        if (posted is null)
            return refusal!;
        await covers.ReadAsync(cancellationToken);
        return await ChangeAsync(caller, id, message => MessageDecisions.Hand(message, caller, Handed(message, posted)), cancellationToken);
    }

    private HandedOn Handed(StoredMessage message, PostedHand posted)
    {
        var to = TeamCaller.Canonical(posted.To);
        var urgency = Words.TryParse<Urgency>(message.Urgency, out var known) ? known : Urgency.Urgent;
        var due = clock.Due(urgency, time.GetUtcNow());
        return new HandedOn(to, posted.Reason, due, MessageClock.Climbs(urgency) ? due : null, [.. notifications.For(covers.WithCovers([to]))]);
    }

    /// <summary>The patients of whom there are messages for somebody in a role.</summary>
    internal async Task<IReadOnlyList<string>> PatientsAsync(Caller caller, Role role, CancellationToken cancellationToken)
    {
        var reader = await covers.WithCoversAsync(new TeamCaller(caller.Practitioner ?? caller.Subject, [Words.Of(role)]), cancellationToken);
        return await store.PatientsOfInboxAsync(FilterOf(reader, open: true, mine: false), cancellationToken);
    }

    private MessageFilter FilterOf(TeamCaller caller, bool open, bool mine)
    {
        IReadOnlyList<string> readers = [.. caller.Answers.Concat(caller.Covers.SelectMany(cover => cover.HeldAnswers)).Distinct()];
        IReadOnlyList<string> covered = [.. caller.Covers.SelectMany(cover => cover.Answers).Except(readers)];
        return new MessageFilter(ehr.Id, [.. readers.Where(IsNoSupervisor)], caller.Self, open, mine)
        {
            Covered = [.. covered.Where(IsNoSupervisor)],
            Supervised = Supervised([(caller.Answers, caller.Supervision), .. caller.Covers.Select(cover => (cover.HeldAnswers, cover.Supervision))]),
            SupervisedOpenly = Supervised([.. caller.Covers.Select(cover => (cover.Answers, cover.Supervision))]),
            ReadsCareTeams = readers.Contains(TeamRoles.CareTeam),
        };
    }

    private static bool IsNoSupervisor(string answer) => answer != TeamRoles.Supervisor;

    private static SupervisedMessages? Supervised(IEnumerable<(IReadOnlyList<string> Answers, Supervision Of)> supervisors)
    {
        var theirs = supervisors.Where(one => one.Answers.Contains(TeamRoles.Supervisor)).Select(one => one.Of).ToList();
        return theirs.Count == 0 ? null : theirs.Aggregate((one, other) => one.And(other)).ToFilter();
    }

    // Whoever wrote the message hears of the answer: by name, and a CHW by the word for CHWs.
    private IEnumerable<IncomingNotification> ToldOfReply(StoredMessage message, TeamCaller caller) =>
        MessageDecisions.IsSender(message, caller) ? [] : notifications.For(message is { SenderRole: TeamRoles.Chw } ? [TeamRoles.Chw] : message.Sender is { } sender ? covers.WithCovers([sender]) : []);

    internal async Task<MessageAnswer> ChangeAsync(TeamCaller caller, string id, Func<StoredMessage, Decision> decide, CancellationToken cancellationToken)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await store.FindMessageAsync(ehr.Id, number, cancellationToken) is not { } seen)
            return new MessageAnswer.NotFound();
        if (!MessageDecisions.MayRead(seen, caller))
            return new MessageAnswer.NotFound(seen.Patient);
        // Most who read a message are not the first.
        if (decide(seen) is { Change: null, Refusal: var answer })
            return answer ?? new MessageAnswer.Done(View(seen, caller), WasHere: true);

        MessageAnswer? refusal = null;
        var changed = false;
        try
        {
            var after = await store.ChangeMessageAsync(ehr.Id, number, message =>
            {
                var decision = decide(message);
                (refusal, changed) = (decision.Refusal, decision.Change is not null);
                return decision.Change;
            }, cancellationToken);
            if (refusal is not null || after is null)
                return refusal ?? new MessageAnswer.NotFound();

            if (changed)
                metrics.Reached(seen, after);
            bell.Ring();
            return new MessageAnswer.Done(View(after, caller), WasHere: !changed);
        }
        catch (StoreUnavailableException full)
        {
            return new MessageAnswer.Busy(full.RetryAfter);
        }
    }

    internal MessageView View(StoredMessage message, TeamCaller reader) => MessageView.Of(message, reader, time.GetUtcNow(), options.AfterHoursPhone);
}
