using System.Globalization;
using ChwFhir.Intake;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>Who may do what with a message, and what comes of it. Pure: decided by the message as it stands at that moment.</summary>
internal static class MessageDecisions
{
    public static bool MayRead(StoredMessage message, TeamCaller caller) =>
        !IsWithheld(message, caller) && caller.Patients?.Contains(message.Patient) != false && (IsSender(message, caller) || message.TakenBy == caller.Self || message.To.Any(to => caller.Reads(message, to.Recipient)));

    /// <summary>What a restricted screening tells is for no CHW, whoever asked its questions.</summary>
    public static bool IsWithheld(StoredMessage message, TeamCaller caller) => caller.Withholds && MessageBody.Read(message.Body).Restricted;

    /// <summary>Somebody it is for has seen it. Who is only copied may read it, and the clock goes on.</summary>
    public static bool IsFor(StoredMessage message, TeamCaller caller) => !IsSender(message, caller) && message.To.Any(to => !to.Copied && caller.Reads(message, to.Recipient));

    public static bool IsSender(StoredMessage message, TeamCaller caller) => message.Sender is { } sender && TeamCaller.Canonical(sender) == TeamCaller.Canonical(caller.Self);

    public static Decision Open(StoredMessage message, TeamCaller caller) =>
        !message.IsOpen || !IsFor(message, caller) || HasSeen(message, caller) ? Decision.Nothing : new Decision(Change("opened", caller, MessageReach.Opened));

    public static Decision Acknowledge(StoredMessage message, TeamCaller caller) => message switch
    {
        _ when !IsFor(message, caller) => NotTheirs,
        { IsOpen: false } => Decision.Nothing,
        _ when HasSeen(message, caller) => Decision.Nothing,
        _ => new Decision(Change("acknowledged", caller, MessageReach.Opened)),
    };

    public static Decision Take(StoredMessage message, TeamCaller caller) => message switch
    {
        _ when !IsFor(message, caller) => NotTheirs,
        { TakenBy: { } taken } when taken == caller.Self => Decision.Nothing,
        { IsOpen: false } => Over(message),
        { TakenBy: { } other } when !caller.ActsFor(other) => new Decision(new MessageAnswer.Conflict("taken", "Somebody else has taken it.")),
        _ => new Decision(Change("taken", caller, MessageReach.Taken) with { TakenBy = caller.Self }),
    };

    public static Decision Reply(StoredMessage message, TeamCaller caller, PostedReply posted, Func<HandedOn> toNurses, IncomingReply reply)
    {
        if (reply.ClientId is { } id && message.Replies.FirstOrDefault(before => before.ClientId == id) is { } before)
            return before.Hash == reply.Hash && before.By == caller.Self ? Decision.Nothing : new Decision(new MessageAnswer.Conflict("other-content", "A reply with this id is here with other content."));
        if (!message.IsOpen)
            return Over(message);

        if (posted.Will == ReplyWill.NurseCalls && !caller.Roles.Contains(TeamRoles.Nurse) && !IsWithNurses(message, caller))
        {
            // "A nurse calls" is true only when a nurse hears of it, with a clock of their own.
            if (!IsFor(message, caller) && !IsSender(message, caller))
                return NotTheirs;
            var handed = toNurses();
            return MayGo(message, caller, handed) is { } refusal
                ? new Decision(refusal)
                : new Decision(new MessageChange("replied", caller.Self, caller.Role, MessageReach.Opened, StopsTheClock: true) { Reply = reply, HandedOn = handed });
        }

        var isFor = IsFor(message, caller);
        // Who says that they will call has taken it on.
        var takes = isFor && posted.Will == ReplyWill.ICall && message.TakenBy is null;
        return new Decision(new MessageChange("replied", caller.Self, caller.Role, takes ? MessageReach.Taken : isFor ? MessageReach.Opened : MessageReach.Waiting, isFor)
        {
            TakenBy = takes ? caller.Self : null,
            Reply = reply,
        });
    }

    public static Decision Close(StoredMessage message, TeamCaller caller, PostedClose posted, DateTimeOffset now)
    {
        var outcome = Words.Of(posted.Outcome);
        var isFor = IsFor(message, caller);
        if (!isFor && !IsSender(message, caller))
            return NotTheirs;
        if (message.Reach == MessageReach.Closed && message.Outcome == outcome && message.By == caller.Self)
            return Decision.Nothing;
        if (!message.IsOpen)
            return Over(message);
        if (message.TakenBy is { } taken && !caller.ActsFor(taken) && !IsSender(message, caller))
            return new Decision(new MessageAnswer.Conflict("taken", "Somebody else has taken it; they close it, or hand it on."));
        if (Faults(message, caller, posted, isFor, now).ToList() is { Count: > 0 } faults)
            return new Decision(new MessageAnswer.Invalid(faults));

        return new Decision(Change("closed", caller, MessageReach.Closed) with
        {
            StopsTheClock = true,
            Outcome = outcome,
            Detail = posted.Reason is { } reason ? $"{outcome}: {reason}" : outcome,
            Known = posted.KnownUntil is { } until ? [.. MessageBody.Read(message.Body).Symptoms.Select(symptom => (symptom, until))] : [],
        });
    }

    /// <summary>To somebody else, by whoever has it or whom it is for: it is told anew, and its clock begins anew; who had it reads on.</summary>
    public static Decision Hand(StoredMessage message, TeamCaller caller, HandedOn handed)
    {
        if (!IsFor(message, caller) && message.TakenBy != caller.Self)
            return NotTheirs;
        if (!message.IsOpen)
            return Over(message);
        if (MayGo(message, caller, handed) is { } refusal)
            return new Decision(refusal);
        if (handed.To == caller.Self)
            return new Decision(new MessageAnswer.Invalid([new NoteFault("/to", "yourself", "take it instead")]));
        return new Decision(Change("handed", caller, MessageReach.Opened) with { Detail = handed.Reason is { } reason ? $"{handed.To}: {reason}" : handed.To, HandedOn = handed });
    }

    // Null: it may.
    private static MessageAnswer? MayGo(StoredMessage message, TeamCaller caller, HandedOn handed)
    {
        if (message.TakenBy is { } taken && !caller.ActsFor(taken))
            return new MessageAnswer.Conflict("taken", "Somebody else has taken it; they hand it on.");
        return message.Held && !message.To.Any(to => TeamCaller.Canonical(to.Recipient) == handed.To)
            ? new MessageAnswer.NotAllowed("held", "What is held is for those whom it was sent to.")
            : null;
    }

    // A nurse has taken it, or it was handed to the nurses before and whoever says so again has a copy only.
    private static bool IsWithNurses(StoredMessage message, TeamCaller caller) =>
        (message.TakenBy is { } taken && message.Seen.Any(seen => seen.By == taken && seen.Role == TeamRoles.Nurse))
        || (!IsFor(message, caller) && message.To.Any(to => to is { Recipient: TeamRoles.Nurse, Copied: false }));

    private static Decision NotTheirs => new(new MessageAnswer.NotAllowed("not-for-you", "Only those whom it is for can do this."));

    private static IEnumerable<NoteFault> Faults(StoredMessage message, TeamCaller caller, PostedClose posted, bool isFor, DateTimeOffset now)
    {
        if (!isFor && posted.Outcome != CloseOutcome.NotNeeded)
            yield return new NoteFault("/outcome", "not-yours", "who wrote it can only say not-needed");
        if (!isFor && posted.Reason is null)
            yield return new NoteFault("/reason", "required", "who closes their own message says why");
        if (posted.KnownUntil is not { } until)
            yield break;
        if (caller.Role != TeamRoles.Clinician)
            yield return new NoteFault("/knownUntil", "clinician-only", "only a clinician says that a symptom is known");
        if (MessageBody.Read(message.Body).Symptoms.Count == 0)
            yield return new NoteFault("/knownUntil", "no-symptom", "the message speaks of no symptom");
        if (string.CompareOrdinal(until[..Math.Min(10, until.Length)], now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) <= 0)
            yield return new NoteFault("/knownUntil", "past", "must lie in the future");
    }

    private static Decision Over(StoredMessage message) => new(new MessageAnswer.Conflict(
        message.Withdrawn is null ? "closed" : "withdrawn", message.Withdrawn is null ? "It is closed." : "It was taken back with its note."));

    private static MessageChange Change(string what, TeamCaller caller, MessageReach reach) => new(what, caller.Self, caller.Role, reach, StopsTheClock: true);

    // Since it was last given to somebody else.
    private static bool HasSeen(StoredMessage message, TeamCaller caller) => message.Reach >= MessageReach.Opened && message.Seen.Any(seen => TeamCaller.Canonical(seen.By) == caller.Self);
}
