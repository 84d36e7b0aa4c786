using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Benchmarks;

/// <summary>An EHR that takes its time with every answer, with a care team whose members are three questions away.</summary>
internal sealed class SlowChart : IAsyncDisposable
{
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private readonly WebApplication host;

    private SlowChart(WebApplication host)
    {
        this.host = host;
        host.Run(AnswerAsync);
    }

    public Uri Base { get; private set; } = null!;

    public static async Task<SlowChart> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var chart = new SlowChart(builder.Build());
        await chart.host.StartAsync();
        chart.Base = new Uri(new Uri(chart.host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "fhir");
        return chart;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        await Task.Delay(Delay, context.RequestAborted);
        var body = JsonSerializer.SerializeToUtf8Bytes(Told(context.Request.Path.Value!.Split('/'), context.Request.Query["patient"].ToString()));
        context.Response.ContentType = "application/fhir+json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static JsonNode Told(string[] path, string patient) => path switch
    {
        [.., "metadata"] => JsonNode.Parse("""{"resourceType":"CapabilityStatement","status":"active","fhirVersion":"4.0.1","rest":[{"mode":"server"}]}""")!,
        [.., "Patient", var id] => Resource("Patient", id, """ "name":[{"text":"Rosa Maldonado"}],"birthDate":"1963-04-02" """),
        [.., "PractitionerRole", var id] => Resource("PractitionerRole", id, $$""" "practitioner":{"reference":"Practitioner/{{id}}"},"organization":{"reference":"Organization/clinic"} """),
        [.., "Practitioner", var id] => Resource("Practitioner", id, """ "name":[{"text":"Dr. Lin"}],"telecom":[{"system":"phone","value":"410-555-0150"}] """),
        [.., "Organization", var id] => Resource("Organization", id, """ "name":"Eastside Clinic" """),
        [.., "CareTeam"] => Found(Resource("CareTeam", "team", $$""" "status":"active","subject":{"reference":"Patient/{{patient}}"},"participant":[{{string.Join(',', Enumerable.Range(1, 6).Select(number => $$"""{"member":{"reference":"PractitionerRole/r{{number}}"} }"""))}}] """)),
        [.., "Condition"] => Found([.. Enumerable.Range(1, 20).Select(number => Resource("Condition", $"c{number}", $$""" "clinicalStatus":{"coding":[{"code":"active"}]},"code":{"text":"Problem {{number}}"},"subject":{"reference":"Patient/{{patient}}"} """))]),
        [.., "CarePlan"] => Found(Resource("CarePlan", "plan", $$""" "status":"active","intent":"plan","subject":{"reference":"Patient/{{patient}}"} """)),
        _ => Found(),
    };

    private static JsonObject Found(params JsonNode[] resources) => new()
    {
        ["resourceType"] = "Bundle", ["type"] = "searchset",
        ["entry"] = new JsonArray([.. resources.Select(one => new JsonObject { ["resource"] = one, ["search"] = new JsonObject { ["mode"] = "match" } })]),
    };

    private static JsonNode Resource(string type, string id, string members) => JsonNode.Parse($$"""{"resourceType":"{{type}}","id":"{{id}}",{{members}}}""")!;
}
