using System.Text.Json.Serialization;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>A message as the API shows it.</summary>
/// <param name="Id">Our own number.</param>
/// <param name="Note">Id of the note that tells it; null for one that came by itself from the team.</param>
/// <param name="NoteState">How far that note is on its way to the chart; the message does not wait for it.</param>
/// <param name="Key">Its name in the note's status.</param>
/// <param name="Patient"><c>Patient/…</c>, or the identifier while the EHR has not said whose it is.</param>
/// <param name="Kind"><c>note</c>, <c>report</c>, <c>ask</c>, <c>reinforce</c>, <c>question</c>.</param>
/// <param name="To">Whom it is for by now: those it was sent to and those it climbed to.</param>
/// <param name="Copied">Who may read it beside them.</param>
/// <param name="Alert">It is stat, or carries a red flag.</param>
/// <param name="Held">For these few only; it is in no chart.</param>
/// <param name="DueAt">By when it should be opened.</param>
/// <param name="Late">Nobody has opened it in its time.</param>
/// <param name="Reach"><c>waiting</c>, <c>notified</c>, <c>opened</c>, <c>taken</c>, <c>closed</c>.</param>
/// <param name="By">Who brought it so far, and <paramref name="At"/> when.</param>
/// <param name="Withdrawn"><c>retracted</c>: the note was taken back.</param>
/// <param name="Filed">What of it went to the chart because whoever wrote it asked for that.</param>
/// <param name="Call">The clinic's phone, where nobody is told of the message or everybody has been.</param>
public sealed record MessageView(
    string Id, string? Note, string? NoteState, string Key, string Patient, string Kind, MessageSender From, IReadOnlyList<string> To, IReadOnlyList<string> Copied,
    string Urgency, string? Topic, string Text, IReadOnlyList<string> About, bool NeedsReply, bool Alert, bool Held, DateTimeOffset SentAt, DateTimeOffset DueAt,
    bool Late, string Reach, string? By, DateTimeOffset? At, string? TakenBy, string? Outcome, string? Withdrawn, string? InReplyTo, string? Call,
    IReadOnlyList<ReplyView> Replies, IReadOnlyList<FiledView> Filed)
{
    /// <summary>Whom to call, as it was written; <see cref="Text"/> begins with the same in words.</summary>
    public Callback? Callback { get; init; }

    /// <summary>Everybody whom it is for and who has seen it, the first first.</summary>
    public IReadOnlyList<SeenView> SeenBy { get; init; } = [];

    /// <summary>To whom it climbed because nobody opened it in its time.</summary>
    public IReadOnlyList<string> ClimbedTo { get; init; } = [];

    /// <summary>Nobody has opened it, and nobody is told of it by itself, or everybody has been.</summary>
    public bool NobodyTold { get; init; }

    /// <summary>It speaks of a symptom: whoever closes it may say until when that is known.</summary>
    public bool MayBeKnown { get; init; }

    /// <summary>It is for whoever looks at it, or for a colleague for whom they cover: they may answer, take, hand on and close it.</summary>
    [JsonIgnore]
    public bool IsForReader { get; init; }

    /// <summary>Whoever looks at it wrote it.</summary>
    [JsonIgnore]
    public bool IsByReader { get; init; }

    /// <summary>It was for a colleague, for whom whoever looks at it covers.</summary>
    [JsonIgnore]
    public string? CoveredFor { get; init; }

    /// <summary>A CHW reads what is answered, whoever began it: it was to CHWs, to one by name, or one has written in it.</summary>
    [JsonIgnore]
    public bool IsReadByChw => From.Role == TeamRoles.Chw || Kind is not ("note" or "report") || To.Contains(TeamRoles.Chw) || Copied.Contains(TeamRoles.Chw)
        || SeenBy.Any(seen => seen.Role == TeamRoles.Chw) || Replies.Any(reply => reply.Role == TeamRoles.Chw);

    /// <summary>The service tells by itself that a part of a note is held for whoever it is to.</summary>
    [JsonIgnore]
    public bool IsOfHeldPart => Topic == HeldTold.Topic;

    /// <summary><see cref="Text"/> without the callback before it.</summary>
    [JsonIgnore]
    public string Said { get; init; } = "";

    /// <summary>What of it the rules wrote, apart from its English words; null where people wrote all of it, and of messages of before this was kept.</summary>
    [JsonIgnore]
    public RaisedByRules? Raised { get; init; }

    internal static MessageView Of(StoredMessage message, TeamCaller reader, DateTimeOffset now, string? phone)
    {
        var body = MessageBody.Read(message.Body);
        var unopened = message.IsOpen && message.Reach < MessageReach.Opened;
        return new MessageView(
            message.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), message.NoteId, message.NoteState is { } state ? Words.Of(state) : null,
            message.Key, message.Patient, message.Kind, new MessageSender(message.Sender, message.SenderRole),
            [.. message.To.Where(to => !to.Copied).Select(to => to.Recipient)], [.. message.To.Where(to => to.Copied).Select(to => to.Recipient)],
            message.Urgency, body.Topic, body.Text, body.About, body.NeedsReply, message.Alert, message.Held, message.SentAt, message.DueAt,
            unopened && now > message.DueAt, Words.Of(message.Reach), message.By, message.At, message.TakenBy, message.Outcome, message.Withdrawn, body.InReplyTo,
            unopened && (message.Untold || !message.AnybodyNotified) ? phone : null,
            [.. message.Replies.Select(reply => ReplyView.Of(reply, reader))], [.. message.Filed.Select(filed => new FiledView(filed.By, filed.Role, filed.At, filed.Note))])
        {
            Callback = body.Callback,
            Said = CommunicationMapping.CallBack(body.Callback) is { } callback && body.Text.StartsWith(callback, StringComparison.Ordinal) ? body.Text[callback.Length..].TrimStart() : body.Text,
            Raised = body.Raised,
            SeenBy = [.. message.Seen.Where(seen => seen.By != message.Sender).Select(seen => new SeenView(seen.By, seen.Role, seen.At))],
            ClimbedTo = [.. message.To.Where(to => to is { Rung: > 0, Copied: false }).Select(to => to.Recipient)],
            IsForReader = MessageDecisions.IsFor(message, reader),
            IsByReader = MessageDecisions.IsSender(message, reader),
            CoveredFor = message.To.Any(to => !to.Copied && reader.Answers.Contains(TeamCaller.Canonical(to.Recipient))) ? null : reader.Covers.FirstOrDefault(cover => message.To.Any(to => TeamCaller.Canonical(to.Recipient) == cover.Who))?.Who,
            NobodyTold = unopened && (message.Untold || !message.AnybodyNotified),
            MayBeKnown = body.Symptoms.Count > 0,
        };
    }
}
