using System.Text;
using ChwFhir.Sandbox.Epic;
using ChwFhir.Sandbox.Pages;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Sandbox.Rest;

/// <summary>HTTP on one side, interactions on the other: who may, which address, which media type, which headers.</summary>
internal sealed partial class Door
{
    private readonly SandboxOptions options;
    private readonly ServerAddress address;
    private readonly ILogger logger;
    private readonly Func<FhirRequest, CancellationToken, Task<FhirAnswer>> answer;
    private readonly PatientList patients;
    private readonly ChartPages charts;
    private readonly AuthorizationServer authorization;
    private readonly string fhirType;

    public Door(SandboxOptions options, Database database, ServerAddress address, AuthorizationServer authorization, ILogger logger)
    {
        (this.options, this.address, this.authorization, this.logger) = (options, address, authorization, logger);
        patients = new PatientList(database, options.IsEpic);
        charts = new ChartPages(authorization.Clients, authorization.Launches, authorization.Charts, patients, address);
        var open = new Interactions(database, address, options.Clock, new CapabilityStatement(address), options.KnowsItsProfiles);
        answer = options.IsEpic ? new EpicServer(options, database, address).AnswerAsync : open.AnswerAsync;
        fhirType = options.IsEpic ? "application/json+fhir; charset=utf-8" : "application/fhir+json; charset=utf-8";
    }

    public async Task AnswerAsync(HttpContext http)
    {
        try
        {
            await SendAsync(http, await AnswerOfAsync(http));
        }
        catch (Refusal refusal)
        {
            await SendAsync(http, refusal.Answer());
        }
        catch (BadHttpRequestException wrong)
        {
            await SendAsync(http, new Refusal(wrong.StatusCode, wrong.StatusCode == 413 ? "too-long" : "invalid", "The request could not be read.").Answer());
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The last catch of this host: whatever it is, the caller gets an OperationOutcome and the log the kind of fault, without the words of a request.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            Log.Failed(logger, http.Request.Method, wrong.GetType().Name, wrong.StackTrace);
            if (!http.Response.HasStarted)
                await SendAsync(http, new Refusal(500, "exception", "The server failed at this request.", severity: "fatal").Answer());
        }
    }

    private async Task<FhirAnswer> AnswerOfAsync(HttpContext http)
    {
        if (!IsThisMachine(http.Request.Host.Host))
            return new Refusal(421, "security", "This server answers to the names of this machine only.").Answer();
        var path = http.Request.Path.Value ?? "/";
        if (path is "/" or "/patients")
            return path == "/" ? new(302) { Location = "/patients" } : patients.Answer();
        if (Cors.Preflight(http.Request, authorization.Clients) is { } preflight)
            return preflight;
        if (charts.Answer(http.Request, path) is { } page)
            return page;
        if (await authorization.AnswerAsync(http.Request, path, http.RequestAborted) is { } answered)
            return answered;
        if (!path.StartsWith(ServerAddress.Path, StringComparison.OrdinalIgnoreCase) || (path.Length > ServerAddress.Path.Length && path[ServerAddress.Path.Length] != '/'))
            throw new Refusal(404, "not-found", $"The FHIR base is {ServerAddress.Path}.");
        var inside = path[ServerAddress.Path.Length..].Trim('/');
        if (inside == ".well-known/smart-configuration")
            return authorization.Configuration;
        var (access, refused) = inside == "metadata" ? (Access.Everything, null) : await Tokens.CheckAsync(http.Request, options, authorization, http.RequestAborted);
        if (refused is not null)
            return options.IsEpic ? refused with { Body = null } : refused;
        var isContent = options.IsEpic && inside.StartsWith("Binary/", StringComparison.Ordinal);
        if (!isContent)
            MediaTypes.CheckAccept(http.Request);
        var wantsPage = MediaTypes.WantsPage(http.Request);
        if (inside.Length == 0 && wantsPage)
            return new(302) { Location = "/patients" };
        var request = await RequestReader.ReadAsync(http.Request, inside, http.RequestAborted) with { Access = access };
        var fhir = await answer(request, http.RequestAborted);
        return wantsPage && fhir is { ContentType: null, Status: not 301 } ? ResourcePage.Of(fhir, inside, http.Request.QueryString.Value ?? "", address) : fhir;
    }

    private static readonly Dictionary<string, string> NoMore = [];

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "";

    private async Task SendAsync(HttpContext http, FhirAnswer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept";
        Cors.Mark(http, authorization.Clients);
        Set(HeaderNames.Location, answer.Location);
        Set(HeaderNames.ETag, answer.ETag);
        Set("E-Tag", answer.OddETag);
        Set(HeaderNames.LastModified, answer.LastModified?.ToString("R"));
        Set(HeaderNames.WWWAuthenticate, answer.WwwAuthenticate);
        Set(HeaderNames.Allow, answer.Allow);
        foreach (var (name, value) in answer.Headers ?? NoMore)
            response.Headers[name] = value;
        if (answer.Body is not { } body)
            return;
        var bytes = Encoding.UTF8.GetBytes(body);
        response.ContentType = answer.ContentType ?? fhirType;
        if (response.ContentType.StartsWith("text/html", StringComparison.Ordinal))
            response.Headers.ContentSecurityPolicy = answer.Policy ?? Page.Policy;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(bytes, http.RequestAborted);

        void Set(string name, string? value)
        {
            if (value is not null)
                response.Headers[name] = value;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox EHR failed at a {Method}: {Fault} {Where}")]
        public static partial void Failed(ILogger logger, string method, string fault, string? where);
    }
}
