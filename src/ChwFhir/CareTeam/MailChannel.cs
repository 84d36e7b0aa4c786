using System.Net;
using System.Net.Mail;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>Mail that says that there is a message and where to read it.</summary>
internal sealed class MailChannel(NotificationText text, IOptions<CareTeamOptions> options, TimeProvider time)
{
    /// <summary>Whether the server took it.</summary>
    public async Task<bool> SendAsync(DueNotification due, CancellationToken cancellationToken)
    {
        if (options.Value.Notify.Smtp is not { Length: > 0 } setting || SmtpServer.Read(setting) is not { } server)
            return false;

        using var enough = new CancellationTokenSource(options.Value.Notify.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        using var mail = Mail(due, server);
        using var smtp = new SmtpClient(server.Host, server.Port) { EnableSsl = !server.IsOfThisMachine };
        if (server.User is { } user)
            smtp.Credentials = new NetworkCredential(user, server.Password);
        try
        {
            await smtp.SendMailAsync(mail, either.Token);
            return true;
        }
        catch (Exception failure) when (failure is SmtpException or OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private MailMessage Mail(DueNotification due, SmtpServer server)
    {
        var mail = new MailMessage(server.From, due.Target, NotificationText.Words, $"{NotificationText.Words}: {text.Link(due)}\r\n");
        mail.Headers.Add("Message-ID", $"<{NotificationText.Id(due)}@{server.From[(server.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
