using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>
/// Stands between the service and the EHR and makes the way between them bad. Faults that leave a write undone never reach the EHR; those that lose
/// an answer happen after the EHR has carried the request out, whether or not the service is still there to hear of it.
/// </summary>
internal sealed class FaultingProxy : IAsyncDisposable
{
    /// <summary>The line checks it; the EHR behind it asks for none.</summary>
    public const string Token = "of-the-trial";

    private readonly WebApplication host;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromMinutes(1) };
    private readonly Uri ehr;
    private readonly FaultRates rates;
    private readonly TimeSpan patience;
    private volatile bool faulting;
    private long tokenExpiredUntil;

    private FaultingProxy(WebApplication host, Uri ehr, FaultRates rates, TimeSpan patience)
    {
        (this.host, this.ehr, this.rates, this.patience) = (host, ehr, rates, patience);
        host.Run(AnswerAsync);
    }

    /// <summary>The FHIR base that the service is given.</summary>
    public Uri Base { get; private set; } = null!;

    public ProxyJournal Journal { get; } = new();

    /// <param name="ehr">FHIR base of the EHR.</param>
    /// <param name="patience">How long the service waits for one answer.</param>
    public static async Task<FaultingProxy> StartAsync(Uri ehr, FaultRates rates, TimeSpan patience)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var proxy = new FaultingProxy(builder.Build(), ehr, rates, patience);
        await proxy.host.StartAsync();
        var address = new Uri(proxy.host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        proxy.Base = new Uri(address, ehr.AbsolutePath);
        return proxy;
    }

    public void SwitchFaults(bool on) => faulting = on;

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var write = context.Request.Method is not ("GET" or "HEAD") && !context.Request.Path.Value!.EndsWith("/_search", StringComparison.Ordinal);
        var fault = Draw(context, write);
        Journal.Count(fault);

        switch (fault)
        {
            case Fault.TooMany:
                await RefuseAsync(context, 429, ("Retry-After", "1"));
                return;
            case Fault.Unavailable:
                await (rates.Number() < .5 ? RefuseAsync(context, 503, ("Retry-After", "1")) : RefuseAsync(context, 503));
                return;
            case Fault.TokenExpired:
                await RefuseAsync(context, 401, ("WWW-Authenticate", "Bearer error=\"invalid_token\""));
                return;
            case Fault.Timeout:
                await Task.Delay(3 * patience, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                context.Abort();
                return;
            case Fault.ResetBefore:
                Reset(context);
                return;
            case Fault.Slow:
                await Task.Delay(patience * (.1 + (.5 * rates.Number())));
                break;
            case Fault.Late:
                await Task.Delay(patience * (1.05 + (.8 * rates.Number())));
                break;
        }

        // The EHR carries out what has reached it, whether or not somebody waits for the answer.
        var answer = await ForwardAsync(context.Request, body, fault);
        switch (fault)
        {
            case Fault.Lost:
                context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Both);
                context.Abort();
                break;
            case Fault.ResetAfter:
                Reset(context);
                break;
            case Fault.Truncated when answer.Body.Length > 1:
                await TruncateAsync(context, answer);
                break;
            case Fault.EmptyBody:
                await SendAsync(context, rates.Number() < .5 ? answer with { Body = [] } : answer with { Body = [], Location = null });
                break;
            default:
                await SendAsync(context, answer);
                break;
        }
    }

    private Fault Draw(HttpContext context, bool write)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
            return Fault.TokenExpired;
        if (!faulting)
            return Fault.None;
        if (Environment.TickCount64 < Interlocked.Read(ref tokenExpiredUntil))
            return Fault.TokenExpired;

        var fault = rates.Draw(write);
        if (fault == Fault.TokenExpired)
            Interlocked.Exchange(ref tokenExpiredUntil, Environment.TickCount64 + (long)(patience * rates.Number()).TotalMilliseconds);
        return fault;
    }

    private async Task<Answer> ForwardAsync(HttpRequest request, string body, Fault fault)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(ehr, request.Path + request.QueryString));
        if (request.ContentType is { } type)
        {
            message.Content = new StringContent(body, Encoding.UTF8);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        foreach (var name in new[] { "Accept", "Prefer", "If-None-Exist", "If-Match" })
            if (request.Headers.TryGetValue(name, out var value))
                message.Headers.TryAddWithoutValidation(name, value.ToString());

        var began = TimeProvider.System.GetUtcNow();
        using var response = await http.SendAsync(message);
        // What points to the EHR's own address has to lead through here again.
        var told = (await response.Content.ReadAsStringAsync()).Replace(ehr.GetLeftPart(UriPartial.Authority), Base.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var ended = TimeProvider.System.GetUtcNow();

        foreach (var note in request.Method == "POST" ? DocumentReading.Created(body, told, response.StatusCode) : [])
            Journal.Documents.Enqueue(new DocumentWrite(note, began, ended, fault));
        Journal.Count($"{request.Method} {request.Path.Value![ehr.AbsolutePath.Length..].Trim('/').Split('/')[0]} {(int)response.StatusCode}");
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), Encoding.UTF8.GetBytes(told),
            response.Headers.Location?.OriginalString.Replace(ehr.GetLeftPart(UriPartial.Authority), Base.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal),
            [.. response.Headers.Where(header => header.Key is "ETag" or "E-Tag" or "WWW-Authenticate" or "Retry-After").Select(header => (header.Key, string.Join(", ", header.Value)))]);
    }

    private static async Task RefuseAsync(HttpContext context, int status, params (string Name, string Value)[] headers) =>
        await SendAsync(context, new Answer(status, "application/fhir+json", """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"transient"}]}"""u8.ToArray(), null, headers));

    private static async Task SendAsync(HttpContext context, Answer answer)
    {
        Head(context.Response, answer);
        context.Response.ContentLength = answer.Status == 204 ? null : answer.Body.Length;
        if (answer.Body.Length > 0)
            await context.Response.Body.WriteAsync(answer.Body);
    }

    // Half of them cut the connection in the middle; the other half are whole as messages, and what they carry is not.
    private async Task TruncateAsync(HttpContext context, Answer answer)
    {
        var half = answer.Body.AsMemory(0, answer.Body.Length / 2);
        var cut = rates.Number() < .5;
        Head(context.Response, answer);
        context.Response.ContentLength = cut ? answer.Body.Length : half.Length;
        await context.Response.Body.WriteAsync(half);
        if (!cut)
            return;
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static void Head(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.Body.Length > 0 ? answer.ContentType : null;
        if (answer.Location is not null)
            response.Headers.Location = answer.Location;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
    }

    private static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    private sealed record Answer(int Status, string? ContentType, byte[] Body, string? Location, (string Name, string Value)[] Headers);
}
