using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Api.Identity;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Identity;

internal sealed class When_every_role_tries_every_route
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "PATCH"];
    private SomeIssuer issuer = null!;
    private Town town = null!;
    private IReadOnlyList<string> operations = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        issuer = await SomeIssuer.StartAsync();
        town = await Town.StartAsync(("Auth__Mode", "jwt"), ("Auth__Authority", issuer.Url), ("Auth__Audience", SomeIssuer.Audience), ("Auth__Panel", "open"));
        var document = (await town.Http.GetFromJsonAsync<JsonObject>("/swagger/v1/swagger.json"))!;
        operations = [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await town.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Test]
    public void The_table_in_the_README_is_that_of_the_routes()
    {
        var routes = town.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RolesOfRoute>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Intersect(Methods), (endpoint, method) =>
                ($"{method} /{endpoint.RoutePattern.RawText!.Trim('/').Replace(":int", "", StringComparison.Ordinal)}", Named(endpoint.Metadata.GetMetadata<RolesOfRoute>()!)));

        var table = RouteTable.Of(routes);
        File.WriteAllText(Path.Combine(TestContext.CurrentContext.WorkDirectory, "every-route-by-role.md"), table);

        Assert.That(RouteTable.Text(), Is.EqualTo(table), "every-route-by-role.md beside the tests is the table as it should be");
    }

    [Test]
    public void Every_route_of_the_API_document_is_in_the_table() => Assert.That(operations.Except(RouteTable.Rows().Keys), Is.Empty);

    [TestCase("chw")]
    [TestCase("clinician")]
    [TestCase("nurse")]
    [TestCase("social-worker")]
    [TestCase("supervisor")]
    [TestCase("director")]
    [TestCase("privacy")]
    [TestCase("integration")]
    [TestCase(null)]
    public async Task It_comes_in_where_the_table_says_and_nowhere_else(string? role)
    {
        var caller = new Somebody(town.Http, issuer.Token($"walker-{role}", role, ("fhirUser", "Practitioner/chw-1")));
        var wrong = new List<string>();
        foreach (var (route, roles) in RouteTable.Rows())
        {
            var status = await TryAsync(caller, route);
            var mayCome = roles.Contains(RouteTable.Everybody) || (role is not null && roles.Contains(role));
            if (mayCome ? status is 401 or 403 or >= 500 and not 503 : status != 403)
                wrong.Add($"{route}: {status}");
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task Without_a_token_only_what_is_for_everybody_opens()
    {
        var caller = new Somebody(town.Http, null);
        var wrong = new List<string>();
        foreach (var (route, roles) in RouteTable.Rows())
        {
            var status = await TryAsync(caller, route);
            if (roles.Contains(RouteTable.Everybody) == (status == 401))
                wrong.Add($"{route}: {status}");
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task In_Development_the_header_picks_each_role()
    {
        await using var development = await Town.StartAsync();
        var seen = new Dictionary<string, int>();
        foreach (var role in RouteTable.Roles)
            seen[role] = (await new Somebody(development.Http, null, ("X-Dev-Role", role)).GetAsync("/api/v1/delivery")).Status;

        Assert.That(seen.Where(one => one.Value == 200).Select(one => one.Key), Is.EqualTo(new[] { "supervisor", "director" }));
    }

    [Test]
    public async Task An_address_without_a_route_stays_404_and_a_wrong_method_405()
    {
        var caller = new Somebody(town.Http, issuer.Token("a", "chw"));

        Assert.That(((await caller.GetAsync("/api/v1/nothing")).Status, (await caller.SendAsync(HttpMethod.Delete, "/api/v1/visit-notes", null)).Status), Is.EqualTo((404, 405)));
    }

    private static async Task<int> TryAsync(Somebody caller, string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = path.Replace("{number}", "1", StringComparison.Ordinal).Replace("{kind}", "visit-note", StringComparison.Ordinal).Replace("{instrument}", "phq-2", StringComparison.Ordinal);
        while (path.IndexOf('{', StringComparison.Ordinal) is var at and >= 0)
            path = path[..at] + "nobody" + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
        return (await caller.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}", ("If-Match", "\"1\""))).Status;
    }

    private static IReadOnlyList<string> Named(RolesOfRoute of) => of.Roles.Count == 0 ? [RouteTable.Everybody] : [.. of.Roles.Select(Words.Of)];
}
