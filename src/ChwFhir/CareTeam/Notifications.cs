using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>Who outside is told that there is a message: the webhook once, and everybody of whom a mail address is known.</summary>
internal sealed class Notifications(IOptions<CareTeamOptions> options)
{
    public const string Webhook = "webhook";
    public const string Mail = "mail";

    private readonly CareTeamOptions options = options.Value;

    /// <summary>Whether anybody can be told at all.</summary>
    public bool ReachSomebody(IReadOnlyList<string> to) => For(to).Any();

    public IEnumerable<IncomingNotification> For(IReadOnlyList<string> to) =>
        options.Notify.Webhook is { Length: > 0 } ? MailFor(to).Prepend(new IncomingNotification(Webhook, "", to)) : MailFor(to);

    /// <summary>Mail alone: for those who only get a copy.</summary>
    public IEnumerable<IncomingNotification> MailFor(IReadOnlyList<string> to) => options.Notify.Smtp is not { Length: > 0 }
        ? []
        : to.Select(who => (Who: who, Address: AddressOf(who))).Where(told => told.Address is not null).GroupBy(told => told.Address!)
            .Select(told => new IncomingNotification(Mail, told.Key, [.. told.Select(one => one.Who)]));

    private string? AddressOf(string who) =>
        options.Mail.TryGetValue(who, out var address) ? address : options.OnCall.FirstOrDefault(person => person.Who == who)?.Mail;
}
