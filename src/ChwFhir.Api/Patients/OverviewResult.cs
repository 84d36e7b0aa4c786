using System.Text.Json;
using ChwFhir.Api.Host;
using ChwFhir.Chart;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Patients;

/// <summary>Writes an overview part by part, in the order in which the EHR answers: who waits for it has the first parts while the last are still being read.</summary>
internal sealed class OverviewResult(OverviewReading reading) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var cancellationToken = context.RequestAborted;
        context.Response.ContentType = Media.Json + "; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("patient", reading.Patient);
        json.WriteString("asOf", reading.AsOf);

        List<Unavailable> unavailable = [];
        var order = OverviewParts.Names.ToList();
        await foreach (var part in Task.WhenEach(OverviewParts.Of(reading).Select(NamedAsync)).WithCancellation(cancellationToken))
        {
            var (name, value, missing) = await part;
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, options);
            unavailable.AddRange(OverviewParts.Missing(name, missing));
            await json.FlushAsync(cancellationToken);
            await context.Response.BodyWriter.FlushAsync(cancellationToken);
        }

        json.WritePropertyName("unavailable");
        JsonSerializer.Serialize(json, unavailable.OrderBy(one => order.IndexOf(one.Part)), options);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static async Task<(string Name, object? Value, IReadOnlyList<UnreadPiece> Missing)> NamedAsync((string Name, Task<(object? Value, IReadOnlyList<UnreadPiece> Missing)> Part) part)
    {
        var (value, missing) = await part.Part;
        return (part.Name, value, missing);
    }
}
