using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>
/// What a note tells people, ready to be kept with it: its messages, and an alert where the programme's rules see a red flag. Decided by the rules of
/// the mapping with what is known at the receipt; only what the EHR alone can tell is missing then.
/// </summary>
internal sealed class NoteMessages(NoteStore store, EarlierNotes earlier, MappingOptions mapping, MessageClock clock, Notifications notifications, CoverBook covers, MessageBell bell, CareTeamMetrics metrics, IOptions<CareTeamOptions> options, Sensitivity sensitivity, TimeProvider time)
{
    /// <summary>What to call where nobody is told.</summary>
    public string? Phone => options.Value.AfterHoursPhone;

    /// <param name="patient"><c>Patient/x</c>, or the identifier as text while the EHR has not said whose it is.</param>
    /// <param name="born">The chart's birth date, where the EHR has just said it: what is held of the young is told to a few from the beginning.</param>
    /// <param name="released">Of a note that is here: held parts that somebody has released.</param>
    public async Task<IReadOnlyList<IncomingMessage>> OfAsync(string ehr, VisitNote note, string patient, CancellationToken cancellationToken, string? born = null, IReadOnlyList<ReleasedPart>? released = null)
    {
        await covers.ReadAsync(cancellationToken);
        var isKnown = patient.StartsWith("Patient/", StringComparison.Ordinal);
        return Of(note, new ResolvedNote
        {
            Patient = patient,
            BirthDate = born,
            Released = released ?? [],
            LastScores = isKnown ? await earlier.ScoresAsync(ehr, patient, note, cancellationToken) : new Dictionary<string, int>(),
            KnownUntil = isKnown && (note.Symptoms.Count > 0 || note.Screenings.Count > 0) ? await store.KnownUntilAsync(ehr, patient, cancellationToken) : new Dictionary<string, string>(),
        });
    }

    /// <summary>The same with all that was found out since.</summary>
    public IReadOnlyList<IncomingMessage> Of(VisitNote note, ResolvedNote resolved)
    {
        var tellings = Tellings.Of(note, resolved, mapping);
        var now = time.GetUtcNow();
        return [.. tellings.Concat(HeldTold.Of(note, resolved, mapping, tellings)).Select(telling => Incoming(telling, note, now))];
    }

    /// <summary>A CHW's message that came by itself.</summary>
    public IncomingMessage OfChw(IncomingMessage told, PostedMessage posted, TeamCaller caller) => told with
    {
        Kind = Words.Of(posted.Kind ?? MessageKind.Report),
        Sender = caller.Self,
        SenderRole = TeamRoles.Chw,
        Body = (MessageBody.Read(told.Body) with { InReplyTo = posted.InReplyTo }).ToBytes(),
    };

    /// <summary>A message of the team, in its own words.</summary>
    public IncomingMessage OfTeam(PostedMessage posted, TeamCaller caller, string key, string hash, DateTimeOffset now)
    {
        IReadOnlyList<string> to = [.. (posted.Hold is { For: { Count: > 0 } few } ? few : posted.To.Count > 0 ? posted.To : [TeamRoles.Chw]).Select(TeamCaller.Canonical).Distinct()];
        var text = CommunicationMapping.CallBack(posted.Callback) is { } callback ? $"{callback}\n\n{posted.Text}" : posted.Text;
        var body = new MessageBody(text, posted.Topic is { } topic ? Words.Of(topic) : null, posted.About, posted.NeedsReply, []) { InReplyTo = posted.InReplyTo, Callback = posted.Callback };
        var due = clock.Due(posted.Urgency, now);
        return new IncomingMessage(
            key, Words.Of(posted.Kind ?? MessageKind.Ask), hash, caller.Self, caller.Role, Words.Of(posted.Urgency), posted.Hold is not null, posted.Urgency == Urgency.Stat, to,
            now, due, MessageClock.Climbs(posted.Urgency) ? due : null, body.ToBytes(), [.. notifications.For(covers.WithCovers(to))]);
    }

    /// <summary>They are on disk: whoever tells people is woken.</summary>
    public void Kept(IReadOnlyList<IncomingMessage> messages)
    {
        if (messages.Count == 0)
            return;
        metrics.Kept(messages);
        bell.Ring();
    }

    private IncomingMessage Incoming(Telling telling, VisitNote note, DateTimeOffset now)
    {
        var body = new MessageBody(telling.Text, telling.Topic, telling.About, telling.NeedsReply, telling.Symptoms) { Callback = telling.Place is { } place ? note.Messages[place].Callback : null };
        var due = clock.Due(telling.Urgency, now);
        List<string> to = [.. telling.To.Select(TeamCaller.Canonical).Distinct()];
        return new IncomingMessage(
            telling.Key, "note", Hash(body.ToBytes(), telling.To, telling.Urgency), Sender(note.Author), "chw",
            Words.Of(telling.Urgency), telling.Held, telling.Alert, to, now, due, MessageClock.Climbs(telling.Urgency) ? due : null, (body with { Raised = Raised(telling, note), Restricted = sensitivity.IsLabelled(note.Labels) }).ToBytes(),
            [.. notifications.For(covers.WithCovers(to))]);
    }

    // It is the same message whether or not this is known of it: its hash is of the words.
    private static RaisedByRules? Raised(Telling telling, VisitNote note)
    {
        var message = telling.Place is { } place ? note.Messages[place] : null;
        List<FlagFound> found = [.. (message is null ? telling.Flags : CommunicationMapping.Added(message, telling.Flags)).Select(flag => flag.Found)];
        return found.Count == 0 ? null : new RaisedByRules(found, message is null ? null : CommunicationMapping.Own(message), FhirTime.DayOf(note.Visit.Start), message is null ? note.Author.Phone : null);
    }

    // A screening that a patient filled in alone has nobody of the staff behind it.
    private static string Sender(NoteAuthor author) => author switch
    {
        { Reference: { } reference } => TeamCaller.Canonical(reference),
        { Identifier: { } identifier } => $"{identifier.System}|{identifier.Value}",
        _ => author.Name ?? "screening",
    };

    internal static string Hash(byte[] body, IReadOnlyList<string> to, Urgency urgency) =>
        Convert.ToHexStringLower(SHA256.HashData([.. body, .. Encoding.UTF8.GetBytes($"\n{JsonSerializer.Serialize(to)}\n{Words.Of(urgency)}")]));
}
