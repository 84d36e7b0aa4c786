using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_the_FHIR_door_says_what_it_does
{
    private PanelTown town = null!;
    private JsonObject statement = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (town, _, _) = await FhirTown.StartAsync();
        statement = (await new Somebody(town.Town.Http, null).GetAsync("/fhir/metadata")).Body!.AsObject();
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public void It_is_an_R4_server_of_JSON() =>
        Assert.That(((string?)statement["kind"], (string?)statement["fhirVersion"], (string?)statement["format"]![0], Resources().Count()), Is.EqualTo(("instance", "4.0.1", "json", 12)));

    [Test]
    public async Task Every_interaction_that_it_says_works_and_no_other()
    {
        var wrong = new List<string>();
        foreach (var resource in Resources())
        {
            var type = (string)resource["type"]!;
            var said = resource["interaction"]!.AsArray().Select(one => (string)one!["code"]!).Order(StringComparer.Ordinal).ToList();
            var id = FhirTown.Ids((await town.Dolores.GetAsync($"/fhir/{type}?patient=rosa-m")).Body).First();
            var does = new List<string>();
            if ((await town.Dolores.PostAsync($"/fhir/{type}", "{}")).Status != 405)
                does.Add("create");
            if ((await town.Dolores.SendAsync(HttpMethod.Delete, $"/fhir/{type}/{id}", null)).Status != 405)
                does.Add("delete");
            if ((await town.Dolores.GetAsync($"/fhir/{type}/{id}")).Status == 200)
                does.Add("read");
            if ((await town.Dolores.GetAsync($"/fhir/{type}?patient=rosa-m")).Status == 200)
                does.Add("search-type");
            if ((await town.Dolores.SendAsync(HttpMethod.Put, $"/fhir/{type}/{id}", "{}")).Status != 405)
                does.Add("update");
            if (!said.SequenceEqual(does))
                wrong.Add($"{type}: says {string.Join(",", said)}, does {string.Join(",", does)}");
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task Every_parameter_and_inclusion_that_it_says_is_taken_by_a_strict_search()
    {
        var wrong = new List<string>();
        foreach (var resource in Resources())
        {
            var type = (string)resource["type"]!;
            var searches = resource["searchParam"]!.AsArray().Where(one => (string?)one!["name"] is not ("patient" or "subject")).Select(one => $"{one!["name"]}={((string?)one["type"] == "date" ? "2026" : "x")}")
                .Concat(resource["searchInclude"]?.AsArray().Select(one => $"_include={one}") ?? [])
                .Concat(resource["searchRevInclude"]?.AsArray().Select(one => $"_revinclude={one}") ?? []);
            foreach (var search in searches)
            {
                if ((await town.Dolores.SendAsync(HttpMethod.Get, $"/fhir/{type}?patient=rosa-m&{search}", null, ("Prefer", "handling=strict"))).Status is var status and not 200)
                    wrong.Add($"{type}?{search}: {status}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task The_operation_that_it_says_is_there()
    {
        var says = Resources().Where(one => (string?)one["operation"]?[0]!["name"] == "validate").Select(one => $"/{one["type"]}").Append((string?)statement["rest"]![0]!["operation"]![0]!["name"] == "validate" ? "" : "nothing");
        var wrong = new List<string>();
        foreach (var place in says)
        {
            if ((await town.Dolores.PostAsync($"/fhir{place}/$validate", $$"""{ "resourceType": "{{(place.Length > 0 ? place[1..] : "Goal")}}" }""")).Status is var status and not 200)
                wrong.Add($"{place}: {status}");
        }

        Assert.That((says.Count(), string.Join(", ", wrong)), Is.EqualTo((13, "")));
    }

    // The page of the implementation guide and the service are one promise: CHWFHIR_REWRITE_EXAMPLES=1 writes the former from the latter.
    [Test]
    public void What_the_implementation_guide_says_of_it_is_what_it_says_itself()
    {
        var path = ChwFhir.Testing.Repository.Path("fhir-profiles", "CapabilityStatement-chwfhir-server.json");
        var promised = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var rest = promised["rest"]![0]!.AsObject();
        var said = statement["rest"]![0]!.DeepClone().AsObject();
        foreach (var interaction in said["resource"]!.AsArray().SelectMany(one => one!["interaction"]!.AsArray()))
            interaction!.AsObject().Insert(0, "extension", JsonNode.Parse("""[ { "url": "http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation", "valueCode": "SHALL" } ]"""));
        foreach (var concept in said["security"]!["service"]!.AsArray())
            concept!["coding"]![0]!["display"] = "OAuth";
        if (Environment.GetEnvironmentVariable("CHWFHIR_REWRITE_EXAMPLES") == "1")
        {
            promised["rest"] = new JsonArray(said.DeepClone());
            File.WriteAllText(path, promised.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
            rest = said;
        }

        using var together = Assert.EnterMultipleScope();
        Assert.That(Lines(rest), Is.EquivalentTo(Lines(said)));
        Assert.That((string?)promised["fhirVersion"], Is.EqualTo((string?)statement["fhirVersion"]));
    }

    private static IEnumerable<string> Lines(JsonObject rest) =>
    [
        $"documentation {rest["documentation"]}", $"operation {rest["operation"]?.ToJsonString()}", $"security {rest["security"]!.ToJsonString()}",
        .. rest["resource"]!.AsArray().SelectMany(resource => resource!.AsObject().Where(member => member.Key != "type").SelectMany(member => member.Value switch
        {
            JsonArray list => list.Select(one => $"{resource["type"]} {member.Key} {one!.ToJsonString()}"),
            var value => [$"{resource["type"]} {member.Key} {value!.ToJsonString()}"],
        })),
    ];

    private IEnumerable<JsonObject> Resources() => statement["rest"]![0]!["resource"]!.AsArray().Select(one => one!.AsObject());
}
