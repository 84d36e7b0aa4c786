using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;

namespace ChwFhir.Api.Fhir;

/// <summary>A resource as an answer.</summary>
internal sealed class FhirResult(JsonObject? resource, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Pretty = Plain with { Indented = true };

    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        if (resource is null)
            return;
        httpContext.Response.ContentType = Media.FhirJson;
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter, FhirAnswers.Said(httpContext.Request, FhirAnswers.Pretty) == "true" ? Pretty : Plain);
        resource.WriteTo(writer);
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}
