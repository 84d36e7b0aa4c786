using System.Runtime.CompilerServices;
using System.Text.Json;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace ChwFhir.Api.Imports;

/// <summary>Many documents in one call, a line each.</summary>
internal static class ImportRoutes
{
    private static readonly string[] Forms = [FileForms.Ndjson, "application/ndjson", "application/jsonl"];
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static void MapImports(this IEndpointRouteBuilder api) => api.MapPost("/imports", ImportAsync)
        .Gives(FileForms.Ndjson).RequireRateLimiting(Listening.Writes).WithMetadata(new DisableRequestTimeoutAttribute())
        .Accepts<object>(FileForms.Ndjson)
        .WithTags("Imports")
        .For(May.HandIn).WithName("importDocuments")
        .WithSummary("Take many documents, a line each")
        .WithDescription("Each line is a visit note, an after-visit summary, a FHIR QuestionnaireResponse, DocumentReference or document Bundle as JSON without line breaks, or `{ contentType, text | data, patient?, encounter?, documentId? }` for a document of another form; a batch of HL7 v2 is answered message by message (`message`). Each is answered with a line of result as it is done, which says the number of its line; those of one patient are taken in order. What was answered 202 is kept, also when the call is broken off: sending everything again is safe.")
        .Produces<ImportResult>(StatusCodes.Status200OK, FileForms.Ndjson)
        .ProducesProblems(406, 415, 429);

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ImportAsync(HttpContext context, ImportDoor door, CancellationToken cancellationToken)
    {
        if (!IsNdjson(context.Request))
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", "Send Content-Type: application/x-ndjson, in UTF-8 and not compressed.");
        // What is held at a time is bounded by the line, not by the whole.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = FileForms.Ndjson;
        await context.Response.StartAsync(cancellationToken);

        var audit = new ImportAudit(context);
        var caller = context.Caller();
        await using var results = new ResultSpool();
        var copying = results.CopyToAsync(context.Response.Body, cancellationToken);
        try
        {
            await new ImportRun(async (document, ct) => await audit.RecordAsync(await door.TakeAsync(caller, document, ct)), (result, ct) => results.AddAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(result, JsonSerializerOptions.Web), .. LineEnd], ct))
                .RunAsync(ItemsAsync(context.Request, cancellationToken), cancellationToken);
        }
        finally
        {
            results.Complete();
            await copying;
        }
        return TypedResults.Empty;
    }

    private static async IAsyncEnumerable<ImportItem> ItemsAsync(HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in NdjsonReader.ReadAsync(request.BodyReader, (int)Listening.LargestBody, cancellationToken))
        {
            foreach (var item in ImportBatch.Parts(ImportItem.Of(line)))
                yield return item;
        }
    }

    private static bool IsNdjson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Forms.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
