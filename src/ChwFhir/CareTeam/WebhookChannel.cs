using System.Net.Http.Json;
using ChwFhir.Queue;
using Microsoft.Extensions.Options;

namespace ChwFhir.CareTeam;

/// <summary>The site's webhook: a POST of JSON that says that there is a message, for whom by role, how urgent, and where. 2xx takes it.</summary>
internal sealed class WebhookChannel(HttpClient http, NotificationText text, IOptions<CareTeamOptions> options, TimeProvider time)
{
    public const string Client = "care-team-webhook";

    /// <summary>Whether it was taken.</summary>
    public async Task<bool> SendAsync(DueNotification due, CancellationToken cancellationToken)
    {
        if (options.Value.Notify.Webhook is not { Length: > 0 } address)
            return false;

        using var enough = new CancellationTokenSource(options.Value.Notify.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(Body(due)) };
        request.Headers.Add("Idempotency-Key", NotificationText.Id(due));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private object Body(DueNotification due) => new
    {
        id = NotificationText.Id(due),
        text = NotificationText.Words,
        link = text.Link(due),
        @for = due.Addressed,
        urgency = due.Urgency,
    };
}
