using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;
using ChwFhir.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Fhir;

/// <summary>What the implementation guide says that the service asks of an EHR, held against what it asks: of one that takes everything, and of a strict one.</summary>
[TestFixture("open"), TestFixture("strict")]
internal sealed class When_the_service_asks_an_EHR(string kind)
{
    // How an answer is to look and how much of it; the sandbox's statement names none of these, and no statement has to.
    private static readonly string[] OfEverySearch = ["_count", "_id", "_sort", "_summary", "_elements", "_include", "_revinclude", "_lastUpdated", "page", "_page", "searchid"];
    private readonly List<string> said = [];
    private readonly HashSet<string> seen = [];

    [OneTimeSetUp]
    public async Task Ask()
    {
        var statement = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("fhir-profiles", $"CapabilityStatement-chwfhir-client-{kind}.json")))!["rest"]![0]!;
        foreach (var resource in statement["resource"]!.AsArray())
        {
            said.AddRange(resource!["interaction"]!.AsArray().Select(one => $"{resource["type"]} {one!["code"]}"));
            said.AddRange(resource["searchParam"]?.AsArray().Select(one => $"{resource["type"]} search-type {one!["name"]}") ?? []);
            if (resource["conditionalCreate"] is not null)
                said.Add($"{resource["type"]} conditionalCreate");
        }
        said.AddRange(statement["interaction"]?.AsArray().Select(one => $"system {one!["code"]}") ?? []);

        var requests = new SeenRequests();
        await using var town = await Town.StartAsync(null, services => services.AddHttpClient("ehr").AddHttpMessageHandler(requests.Watch), ("Ehr__Sandbox__Capabilities", kind == "open" ? "open" : "epic"));
        foreach (var file in Directory.GetFiles(Repository.Path("samples", "visit-notes"), "*.json"))
            await PostAsync(town, "visit-notes", await File.ReadAllBytesAsync(file), "application/json");
        foreach (var (file, form) in new[] { ("clinic-visit.json", "application/json"), ("discharge.ccda.xml", "application/cda+xml") })
            await PostAsync(town, "after-visit-summaries", await File.ReadAllBytesAsync(Repository.Path("samples", "after-visit-summaries", file)), form);
        foreach (var file in Directory.GetFiles(Repository.Path("samples", "questionnaire-responses"), "*.json"))
            await PostAsync(town, "questionnaire-responses", await File.ReadAllBytesAsync(file), "application/fhir+json");
        var byNumber = Some.Note().Also(note => note["author"] = JsonNode.Parse("""{ "identifier": { "system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893" }, "name": "Dolores" }"""));
        // Nobody has it: that it was looked for is what counts.
        using var nobodys = await town.PostNoteAsync(byNumber.ToJsonString());
        var amended = Some.Note("Patient/rosa-m");
        await town.PostNoteAsync(amended.ToJsonString());
        await town.SettledAsync((string)amended["id"]!);
        amended["narrative"] = "Told anew.";
        using (var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{amended["id"]}") { Content = new StringContent(amended.ToJsonString(), null, "application/json") })
        {
            using var now = await town.Http.GetAsync($"/api/v1/visit-notes/{amended["id"]}");
            request.Headers.TryAddWithoutValidation("If-Match", now.Headers.ETag!.ToString());
            await town.Http.SendAsync(request);
        }
        await town.SettledAsync((string)amended["id"]!);
        await town.Http.PostAsJsonAsync($"/api/v1/visit-notes/{amended["id"]}/retract", new { reason = "entered-in-error" });
        await town.SettledAsync((string)amended["id"]!);
        foreach (var look in new[] { """{ "name": "Ortega", "birthDate": "1963-04-02" }""", """{ "identifier": "urn:x|1" }""" })
            await town.Http.PostAsync("/api/v1/patients/search", new StringContent(look, null, "application/json"));
        foreach (var patient in new[] { "rosa-m", "walter-b", "lucia-v" })
        {
            await town.Http.GetStringAsync($"/api/v1/patients/{patient}/overview");
            await town.Http.GetStringAsync($"/api/v1/patients/{patient}/timeline");
        }
        var full = (string)JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "visit-notes", "full.json")))!["id"]!;
        await town.Http.PostAsJsonAsync($"/api/v1/visit-notes/{full}/retract", new { reason = "entered-in-error" });
        await town.SettledAsync(full);
        seen.UnionWith(requests.Lines.Keys);
    }

    [Test]
    public void Everything_that_is_asked_is_in_the_statement()
    {
        Assert.That(seen.Where(line => !OfEverySearch.Contains(line.Split(' ')[^1]) && !said.Contains(line)).Order(StringComparer.Ordinal).Aggregate("", (all, line) => $"{all}{line}\n"), Is.Empty);
    }

    [Test]
    public void Everything_in_the_statement_is_asked_or_has_its_reason_not_to_be_asked_here()
    {
        Assert.That(said.Where(line => !seen.Contains(line) && !NotHere.ContainsKey(line)).Order(StringComparer.Ordinal).Aggregate("", (all, line) => $"{all}{line}\n"), Is.Empty);
    }

    // What is asked only where something happens, or is set, that does not happen here.
    private static readonly Dictionary<string, string> NotHere = new(StringComparer.Ordinal)
    {
        ["Communication search-type"] = LostAnswer, ["Communication search-type identifier"] = LostAnswer, ["Communication search-type patient"] = LostAnswer, ["Observation search-type identifier"] = LostAnswer,
        ["QuestionnaireResponse search-type"] = LostAnswer, ["QuestionnaireResponse search-type identifier"] = LostAnswer, ["QuestionnaireResponse search-type patient"] = LostAnswer,
        ["Provenance search-type"] = LostAnswer, ["Provenance search-type _tag"] = LostAnswer,
        ["PractitionerRole read"] = CareTeamPages, ["PractitionerRole search-type"] = CareTeamPages, ["PractitionerRole search-type practitioner"] = CareTeamPages,
        ["CareTeam search-type participant"] = Panel, ["Encounter search-type participant"] = Panel,
        ["system batch"] = "where an EHR takes batches and no transactions: When_a_server_declares_what_it_takes",
        ["Communication create"] = SiteAllows, ["Condition create"] = SiteAllows, ["Observation create"] = SiteAllows, ["Observation read"] = SiteAllows, ["Task read"] = SiteAllows, ["Task update"] = SiteAllows,
    };

    private const string LostAnswer = "it is looked for when the answer to its create was lost: WriteBack/SearchProof", CareTeamPages = "the pages ask who a member of the care team is: SmartApp/MyChw, Access/OwnPatients",
        Panel = "with Auth__Panel=careteam, and for clinicians: Access/CareTeams, Access/OwnPatients", SiteAllows = "a strict EHR whose site allows it: Ehr__Capabilities";

    private static async Task PostAsync(Town town, string route, byte[] body, string form)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", form);
        using var answer = await town.Http.PostAsync($"/api/v1/{route}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), text);
        await town.SettledAsync((string)JsonNode.Parse(text)!["id"]!);
    }
}
