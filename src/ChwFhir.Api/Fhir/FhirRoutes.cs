using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Api.Patients;
using ChwFhir.Chart;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Fhir;

/// <summary>The FHIR R4 door: what the notes became, as this service holds it, also what the EHR has no place for. Who may see what is as everywhere.</summary>
internal static class FhirRoutes
{
    public const string Base = "/fhir";
    private const string Form = "application/x-www-form-urlencoded";

    public static IServiceCollection AddFhir(this IServiceCollection services) =>
        services.AddSingleton<PageSeal>().AddSingleton<ShownRecords>().AddSingleton<FhirBase>().AddSingleton<SearchedPatients>().AddSingleton<FhirSearches>().AddSingleton<FhirInputs>().AddSingleton<FhirValidations>().AddSingleton<CapabilityStatements>();

    public static void MapFhir(this WebApplication app)
    {
        var fhir = app.MapGroup(Base).AddEndpointFilter(FhirAnswers.FilterAsync).WithTags("FHIR");
        fhir.MapGet("/metadata", (HttpContext context, CapabilityStatements statements) => new FhirResult(statements.Of(context.Request)))
            .ForEverybody().WithName("readCapabilityStatement")
            .WithSummary("What this FHIR server does")
            .WithDescription("A CapabilityStatement, made from the routes themselves.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Outcomes(406, 429);

        var known = fhir.MapGroup("").Audits();
        foreach (var type in FhirTypes.All)
            Map(known, type);
        known.MapInputs();
        known.MapValidation();
    }

    /// <summary>Documents the statuses that come with an OperationOutcome.</summary>
    public static RouteHandlerBuilder Outcomes(this RouteHandlerBuilder route, params IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
            route.Produces<object>(status, Media.FhirJson);
        return route;
    }

    private static void Map(IEndpointRouteBuilder fhir, FhirType type)
    {
        var parameters = string.Join(", ", type.Parameters.Select(one => one.Name).Order(StringComparer.Ordinal));
        fhir.MapGet($"/{type.Name}/{{id}}", (string id, HttpContext context, PatientAccess access, Records records, ShownRecords shown, CancellationToken cancellationToken) => ReadAsync(type, id, context, access, records, shown, cancellationToken))
            .For(May.ReadAll).TakesBreakGlass().WithMetadata(new FhirInteraction(type.Name, "read")).WithName($"fhirRead{type.Name}")
            .WithSummary($"Read a {type.Name}")
            .WithDescription("As the service holds it. The ETag is that of the version; If-None-Match spares the body; _summary and _elements shorten it. 410: its note was taken back.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Produces(StatusCodes.Status304NotModified).Outcomes(400, 401, 403, 404, 406, 410, 429, 503);

        fhir.MapGet($"/{type.Name}", (HttpContext context, FhirSearches searches, CancellationToken cancellationToken) => searches.AnswerAsync(type, context.Request.Query, isPost: false, context, cancellationToken))
            .For(May.ReadAll).TakesBreakGlass().WithMetadata(new FhirInteraction(type.Name, "search-type")).WithName($"fhirSearch{type.Name}")
            .WithSummary($"Search for {type.Name}")
            .WithDescription($"By patient (or _id, or an identifier of this service), and {parameters}; _sort, _count, _include, _revinclude (with :iterate), _summary, _elements, _total. What is not known is told in an OperationOutcome entry, with Prefer: handling=strict it is 400.")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Outcomes(400, 401, 403, 404, 406, 429, 503);

        fhir.MapPost($"/{type.Name}/_search", (HttpContext context, FhirSearches searches, CancellationToken cancellationToken) => PostedAsync(type, context, searches, cancellationToken))
            .For(May.ReadAll).TakesBreakGlass().OnlyReads().WithMetadata(new FhirInteraction(type.Name, "search-type")).WithName($"fhirSearch{type.Name}ByPost")
            .WithSummary($"Search for {type.Name}, with nothing in the address")
            .WithDescription($"The same parameters as a form ({Form}).")
            .Produces<object>(StatusCodes.Status200OK, Media.FhirJson).Outcomes(400, 401, 403, 404, 406, 415, 429, 503);
    }

    private static async Task<IResult> PostedAsync(FhirType type, HttpContext context, FhirSearches searches, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var media) || !media.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase) || !FhirAnswers.IsUtf8(media) || context.Request.Headers.ContentEncoding.Count > 0)
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", $"A search is posted as {Form} in UTF-8, not compressed.");
        try
        {
            var form = await context.Request.ReadFormAsync(cancellationToken);
            if (FhirAnswers.Said(context.Request, FhirAnswers.Format) is { } format && !FhirAnswers.IsJson(format))
                return TypedResults.Problem(Problems.Plain(StatusCodes.Status406NotAcceptable));
            return await searches.AnswerAsync(type, [.. context.Request.Query, .. form], isPost: true, context, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Problems.BadRequest("bad-form", "The form cannot be read.");
        }
    }

    private static async Task<IResult> ReadAsync(FhirType type, string id, HttpContext context, PatientAccess access, Records records, ShownRecords shownRecords, CancellationToken cancellationToken)
    {
        if (!TryReadExcerpt(type, context.Request, out var excerpt))
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-parameter", "Of a resource _summary is true, text, data or false, and _elements has names of elements.");
        // No id looks like this: it is an interaction or operation of the type (_history, $lastn).
        if (id[0] is '_' or '$')
            return TypedResults.Problem(Problems.Plain(StatusCodes.Status501NotImplemented));
        if (await records.OwnerAsync(id, cancellationToken) is not { } owner || !owner.Patient.StartsWith("Patient/", StringComparison.Ordinal))
        {
            if (BreakGlass.ReasonOf(context) is { } reason)
                BreakGlass.Record(context, reason);
            return NoSuch(type);
        }
        switch (await ChartDoor.RefusalAsync(owner.Patient["Patient/".Length..], context, access, cancellationToken))
        {
            case null: break;
            // There is one, and it is answered as if there were none.
            case IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound }: return NoSuch(type);
            case var refusal: return refusal;
        }

        var trail = AuditTrail.Of(context);
        trail.Concerns(owner.Patient);
        trail.Id ??= RecordIds.NumberOf(id);
        var caller = ChartDoor.CallerOf(context);
        var record = await shownRecords.AroundAsync(caller, owner.Patient, id, cancellationToken);
        if (record.Find(type.Name, id) is not { } entry)
            return owner.IsWithdrawn && await records.WasPartAsync(caller, type.Name, id, cancellationToken) ? Problems.Of(StatusCodes.Status410Gone, "retracted", "Its note was taken back; nothing of it is shown any more.")
                : owner is { IsWithdrawn: false, IsOnItsWay: true } ? Problems.Of(StatusCodes.Status404NotFound, "not-yet", "It has not become FHIR yet. Ask again in a moment.")
                : NoSuch(type);

        var shown = record.Show(entry);
        var tag = new EntityTagHeaderValue($"\"{shown.Version}\"", isWeak: true);
        context.Response.Headers.ETag = tag.ToString();
        context.Response.Headers.LastModified = HeaderUtilities.FormatDate(entry.Updated);
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(seen => seen.Compare(tag, useStrongComparison: false) || seen.Equals(EntityTagHeaderValue.Any)))
            return new FhirResult(null, StatusCodes.Status304NotModified);
        var resource = shown.Read();
        // By whichever of its notes it was asked for.
        resource["id"] = id;
        return new FhirResult(excerpt?.Of(type, resource) ?? resource);
    }

    private static bool TryReadExcerpt(FhirType type, HttpRequest request, out Excerpt? excerpt)
    {
        excerpt = null;
        foreach (var parameter in (string[])["_summary", "_elements"])
        {
            if (!request.Query.TryGetValue(parameter, out var value))
                continue;
            if (value == "count" || !Excerpt.TryRead(type, parameter, value.ToString(), out var part))
                return false;
            excerpt = part ?? excerpt;
        }
        return true;
    }

    private static IResult NoSuch(FhirType type) => Problems.NotFound($"There is no such {type.Name}.");
}
