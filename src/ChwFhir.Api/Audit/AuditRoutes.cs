using System.Globalization;
using System.Security.Claims;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Imports;
using ChwFhir.Audit;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Audit;

/// <summary>Who read and wrote what: for the privacy office. That it was looked at is recorded as well.</summary>
internal static class AuditRoutes
{
    private const int LargestQuestion = 16 * 1024;

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("/", ListAsync)
            .For(May.ReadTheAudit).WithName("listAudit")
            .WithSummary("Who read and wrote what, newest first")
            .WithDescription("For the role `privacy`. Filters may be combined; a patient is asked for with POST /audit/search, so that none stands in an address. With Accept: application/fhir+json a Bundle of AuditEvent. `next` is the cursor of the following page, null on the last.")
            .Produces<AuditItems>(StatusCodes.Status200OK, Media.Json, Media.FhirJson)
            .ProducesProblems(400, 406, 503);

        audit.MapPost("/search", SearchAsync)
            .TakesJson()
            .Accepts<AuditQuestion>(Media.Json)
            .For(May.ReadTheAudit).OnlyReads().WithName("searchAudit")
            .WithSummary("The same, also of one patient")
            .WithDescription("Members as the filters of GET /audit, and `patient` (`Patient/…`): every access to that patient, as HIPAA's accounting asks for it.")
            .Produces<AuditItems>(StatusCodes.Status200OK, Media.Json, Media.FhirJson)
            .ProducesProblems(400, 406, 413, 415, 422, 503);

        audit.MapGet("/verification", VerifyAsync)
            .Gives(Media.Json).WithMetadata(new DisableRequestTimeoutAttribute())
            .For(May.ReadTheAudit).WithName("verifyAudit")
            .WithSummary("Whether the log is as it was written")
            .WithDescription("Follows every link of every chain. `head` (any number of them): where a chain stood by a log line of before, as `main@120:9f86…`; what is cut off behind it, or written anew, is found by it. A head of a record that went with a cut, older than has to be kept, can be compared with nothing (`cut-away`); with `acceptCuts=true` that is no fault. The command `audit verify` prints it.")
            .Produces<AuditState>()
            .ProducesProblems(400, 406, 503);

        audit.MapGet("/export", (AuditLog log) => TypedResults.Stream(output => AuditExport.WriteAsync(log, output, CancellationToken.None), FileForms.Ndjson))
            .Gives(FileForms.Ndjson).WithMetadata(new DisableRequestTimeoutAttribute())
            .For(May.ReadTheAudit).WithName("exportAudit")
            .WithSummary("The whole log as FHIR AuditEvent, a line each")
            .WithDescription("Chain after chain, oldest first. The command `audit export` writes it.")
            .Produces<object>(StatusCodes.Status200OK, FileForms.Ndjson)
            .ProducesProblems(406, 503);
    }

    private static async Task<Results<Ok<AuditItems>, FileContentHttpResult, ProblemHttpResult>> ListAsync(
        HttpContext context, AuditLog audit, string? subject, string? action, string? outcome, string? since, string? until, string? limit, string? cursor, CancellationToken cancellationToken) =>
        AuditQuestion.Read(context.Request.Query, out var fault) is { } filter
            ? await AnswerAsync(context, audit, filter, cancellationToken)
            : Problems.BadRequest("bad-parameter", fault);

    private static async Task<Results<Ok<AuditItems>, FileContentHttpResult, ProblemHttpResult>> SearchAsync(HttpContext context, AuditLog audit, CancellationToken cancellationToken)
    {
        using var body = StrictJson.Parse(await JsonBody.ReadAsync(context.Request, LargestQuestion, cancellationToken), out var unreadable);
        if (body is null)
            return Problems.Unreadable(unreadable!);
        List<NoteFault> faults = [];
        return AuditQuestion.Read(body.RootElement, faults) is { } filter
            ? await AnswerAsync(context, audit, filter, cancellationToken)
            : Problems.Invalid(faults);
    }

    private static async Task<Results<Ok<AuditItems>, FileContentHttpResult, ProblemHttpResult>> AnswerAsync(HttpContext context, AuditLog audit, AuditFilter filter, CancellationToken cancellationToken)
    {
        var form = Media.Form(context.Request, Media.Json, Media.FhirJson);
        if (form is null)
            return TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));
        context.Response.Headers.Vary = HeaderNames.Accept;

        var page = await audit.ListAsync(filter, cancellationToken);
        var next = page.Next?.ToString(CultureInfo.InvariantCulture);
        if (form == Media.Json)
            return TypedResults.Ok(new AuditItems([.. page.Items.Select(AuditItem.Of)], next));
        var bundle = new Bundle { Type = Bundle.BundleType.Searchset };
        foreach (var entry in page.Items)
            bundle.Entry.Add(new Bundle.EntryComponent { Resource = AuditEvents.Of(entry), Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match } });
        if (next is not null)
            bundle.Link.Add(new Bundle.LinkComponent { Relation = "next", Url = $"/api/v1/audit?cursor={next}" });
        return TypedResults.Bytes(FhirJson.ToBytes(bundle), Media.FhirJson);
    }

    private static async Task<Results<Ok<AuditState>, ProblemHttpResult>> VerifyAsync(HttpContext context, AuditLog audit, string[]? head, bool? acceptCuts, CancellationToken cancellationToken)
    {
        var heads = (head ?? []).Select(AuditHead.Read).ToList();
        return heads.Contains(null)
            ? Problems.BadRequest("bad-parameter", "head: as the log has it, main@120: and the 64 digits of the hash.")
            : TypedResults.Ok(AuditState.Of(await audit.VerifyAsync([.. heads.OfType<AuditHead>()], acceptCuts is true, cancellationToken)));
    }
}
