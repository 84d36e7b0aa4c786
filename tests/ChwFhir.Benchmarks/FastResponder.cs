using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Benchmarks;

/// <summary>
/// An EHR that is all answers and no work: declares everything, finds no resource but the people asked for by id, and takes every transaction with
/// 201 for each entry. Remembers what it was asked, so that the same can be asked again by a bare loop.
/// </summary>
internal sealed class FastResponder : IAsyncDisposable
{
    private static readonly byte[] Nothing = """{"resourceType":"Bundle","type":"searchset","total":0}"""u8.ToArray();
    private static readonly byte[] Statement = JsonSerializer.SerializeToUtf8Bytes(Declaration());
    private readonly WebApplication host;
    private long ids;

    private FastResponder(WebApplication host)
    {
        this.host = host;
        host.Run(AnswerAsync);
    }

    public Uri Base { get; private set; } = null!;

    /// <summary>Whether what is asked is remembered.</summary>
    public bool Records { get; set; }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public static async Task<FastResponder> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var responder = new FastResponder(builder.Build());
        await responder.host.StartAsync();
        responder.Base = new Uri(new Uri(responder.host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "fhir");
        return responder;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        if (Records && !request.Path.Value!.EndsWith("metadata", StringComparison.Ordinal))
            Requests.Enqueue(new Asked(request.Method, request.Path + request.QueryString, body.ToArray()));

        context.Response.ContentType = "application/fhir+json";
        var answer = request.Method == "POST" ? Taken(body.ToArray()) : Told(request.Path.Value!.Split('/'));
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }

    private static byte[] Told(string[] path) => path switch
    {
        [.., "metadata"] => Statement,
        [.., "Patient", var id] => JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["resourceType"] = "Patient", ["id"] = id, ["active"] = true, ["birthDate"] = "1963-04-02", ["name"] = new JsonArray(new JsonObject { ["family"] = "Maldonado" }) }),
        [.., "Practitioner" or "RelatedPerson" or "Encounter", var id] => JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["resourceType"] = path[^2], ["id"] = id }),
        _ => Nothing,
    };

    // As many answers as the Bundle has entries, each with a place of its own of the type that its request names.
    private byte[] Taken(byte[] bundle)
    {
        using var answer = new MemoryStream();
        answer.Write("""{"resourceType":"Bundle","type":"transaction-response","entry":["""u8);
        var reader = new Utf8JsonReader(bundle);
        var (first, inRequest) = (true, false);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.CurrentDepth == 3)
                inRequest = reader.ValueTextEquals("request"u8);
            if (!inRequest || reader.CurrentDepth != 4 || !reader.ValueTextEquals("url"u8))
                continue;
            reader.Read();
            answer.Write(Encoding.UTF8.GetBytes(
                $$"""{{(first ? "" : ",")}}{"response":{"status":"201 Created","etag":"W/\"1\"","location":"{{reader.GetString()!.Split('/')[0]}}/{{Interlocked.Increment(ref ids)}}/_history/1"} }"""));
            first = false;
        }
        answer.Write("]}"u8);
        return answer.ToArray();
    }

    private static JsonObject Declaration()
    {
        string[] types = ["Patient", "Practitioner", "Encounter", "CarePlan", "Goal", "Condition", "Observation", "QuestionnaireResponse", "ServiceRequest", "Task", "RelatedPerson", "Communication", "DocumentReference", "Provenance", "CareTeam", "Consent"];
        static JsonArray Codes(params string[] codes) => new([.. codes.Select(code => (JsonNode)new JsonObject { ["code"] = code })]);
        return new JsonObject
        {
            ["resourceType"] = "CapabilityStatement",
            ["status"] = "active",
            ["fhirVersion"] = "4.0.1",
            ["rest"] = new JsonArray(new JsonObject
            {
                ["mode"] = "server",
                ["interaction"] = Codes("transaction"),
                ["resource"] = new JsonArray([.. types.Select(type => (JsonNode)new JsonObject
                {
                    ["type"] = type,
                    ["versioning"] = "versioned",
                    ["conditionalCreate"] = true,
                    ["interaction"] = Codes("read", "create", "update", "search-type"),
                    ["searchParam"] = new JsonArray([.. new[] { "identifier", "patient", "subject", "_tag" }.Select(name => (JsonNode)new JsonObject { ["name"] = name, ["type"] = "token" })]),
                })]),
            }),
        };
    }

    internal sealed record Asked(string Method, string Address, byte[] Body);
}
