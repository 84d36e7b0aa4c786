using ChwFhir.Intake;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>
/// What becomes of an urgent message that nobody opened in its time: it goes to the next licensed person, and the supervisor gets a copy. At the
/// end, or where nobody outside is told at all, the note says so: nobody was told. Pure.
/// </summary>
internal sealed class Ladder(IOptions<CareTeamOptions> options, MessageClock clock, Notifications notifications, CoverBook covers)
{
    private readonly CareTeamOptions options = options.Value;

    public MessageRung Next(StoredMessage message, DateTimeOffset now)
    {
        var has = message.To.Where(to => !to.Copied).Select(to => TeamCaller.Canonical(to.Recipient)).ToHashSet(StringComparer.Ordinal);
        if (options.OnCall.Select(person => person.Who).FirstOrDefault(who => MayKnow(message, who) && !has.Contains(TeamCaller.Canonical(who))) is not { } next)
            return new MessageRung(null, [], [], null, NobodyTold(message));

        var nextNotifications = notifications.For(covers.WithCovers([next])).ToList();
        var copied = MayKnow(message, TeamRoles.Supervisor) && !has.Contains(TeamRoles.Supervisor) ? new[] { TeamRoles.Supervisor } : [];
        var isTold = message.AnybodyNotified || nextNotifications.Count > 0;
        return new MessageRung(next, copied, [.. nextNotifications, .. notifications.MailFor(copied)], clock.Due(Urgency(message), now), isTold ? null : NobodyTold(message));
    }

    // What is held is for those it was sent to, on the ladder too.
    private static bool MayKnow(StoredMessage message, string who) => !message.Held || message.To.Any(to => TeamCaller.Canonical(to.Recipient) == TeamCaller.Canonical(who));

    private NoteIssue NobodyTold(StoredMessage message) => new(
        "error", "nobody-told", null,
        $"nobody has opened {message.Key} in its time, and there is nobody left to tell{(options.AfterHoursPhone is { Length: > 0 } phone ? $": call {phone}" : ": call the clinic")}");

    private static Urgency Urgency(StoredMessage message) => Words.TryParse<Urgency>(message.Urgency, out var urgency) ? urgency : Intake.Urgency.Urgent;
}
