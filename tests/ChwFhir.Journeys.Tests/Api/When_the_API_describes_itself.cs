using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Journeys.Api;

internal sealed class When_the_API_describes_itself
{
    private JsonObject document = null!;

    [OneTimeSetUp]
    public async Task Read()
    {
        await using var town = await Town.StartAsync();
        document = (await town.Http.GetFromJsonAsync<JsonObject>("/swagger/v1/swagger.json"))!;
    }

    [Test]
    public void It_offers_what_the_contract_says()
    {
        var surface = string.Concat(
            from operation in Operations()
            orderby operation.Method, operation.Path
            select $"{operation.Method} {operation.Path} {string.Join(" ", operation.Operation["responses"]!.AsObject().Select(response => response.Key).Order())}\n");

        Assert.That(surface, Is.EqualTo(File.ReadAllText(Repository.Path("tests", "ChwFhir.Journeys.Tests", "Api", "surface.txt"))));
    }

    [Test]
    public void Every_route_has_a_summary_a_description_and_a_name() =>
        Assert.That(
            Operations().Where(one => new[] { "summary", "description", "operationId" }.Any(member => string.IsNullOrWhiteSpace((string?)one.Operation[member]))).Select(one => one.Path),
            Is.Empty);

    [Test]
    public void Every_error_is_a_problem_document() =>
        Assert.That(
            from operation in Operations()
            where operation.Path.StartsWith("/api", StringComparison.Ordinal)
            from response in operation.Operation["responses"]!.AsObject()
            where int.Parse(response.Key) >= 400
            where (string?)response.Value!["content"]?["application/problem+json"]?["schema"]?["$ref"] != "#/components/schemas/ProblemDetails"
            select $"{operation.Path} {response.Key}",
            Is.Empty);

    [Test]
    public void Every_reference_leads_somewhere()
    {
        var schemas = document["components"]!["schemas"]!.AsObject().Select(schema => "#/components/schemas/" + schema.Key).ToHashSet();

        Assert.That(References(document).Where(reference => !schemas.Contains(reference)), Is.Empty);
    }

    [Test]
    public void The_note_is_described_field_by_field() =>
        Assert.That(document["components"]!["schemas"]!["VisitNote"]!["properties"]!["visit"]!["properties"]!["status"]!["enum"]!.AsArray().Select(word => (string?)word), Does.Contain("not-home"));

    [Test]
    public void The_states_are_closed_lists() =>
        Assert.That(document["components"]!["schemas"]!["NoteStatus"]!["properties"]!["state"]!["enum"]!.AsArray().Select(word => (string?)word),
            Is.EqualTo(new[] { "queued", "writing", "written", "needs-attention", "retracted" }));

    [Test]
    public void The_preview_comes_in_two_forms() =>
        Assert.That(document["paths"]!["/api/v1/visit-notes/preview"]!["post"]!["responses"]!["200"]!["content"]!.AsObject().Select(form => form.Key),
            Is.EquivalentTo(new[] { "application/fhir+json", "application/json" }));

    private IEnumerable<(string Path, string Method, JsonObject Operation)> Operations() =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (path.Key, method.Key.ToUpperInvariant(), method.Value!.AsObject());

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
