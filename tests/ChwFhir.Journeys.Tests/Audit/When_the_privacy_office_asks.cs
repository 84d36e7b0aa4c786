using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Journeys.Audit;

internal sealed class When_the_privacy_office_asks
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await Town.StartAsync();
        foreach (var (patient, id) in new[] { ("Patient/rosa-m", "a"), ("Patient/walter-b", "b") })
            (await town.PostNoteAsync(Some.Note(patient, id).ToJsonString())).Dispose();
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("chw"), TestCase("clinician"), TestCase("nurse"), TestCase("social-worker"), TestCase("supervisor"), TestCase("director"), TestCase("integration")]
    public async Task Nobody_else_sees_the_log(string role)
    {
        foreach (var path in new[] { "/api/v1/audit", "/api/v1/audit/export", "/api/v1/audit/verification" })
        {
            using var answer = await town.CallAsync(HttpMethod.Get, path, role);
            Assert.That((int)answer.StatusCode, Is.EqualTo(403), path);
        }
    }

    [Test]
    public async Task It_sees_every_access_to_one_patient_and_only_to_that()
    {
        var items = await town.AuditAsync("""{ "patient": "Patient/walter-b" }""");

        Assert.That(items, Is.Not.Empty);
        Assert.That(items.Select(item => (string?)item["patient"]), Is.All.EqualTo("Patient/walter-b"));
    }

    [Test]
    public async Task A_patient_in_the_address_is_refused()
    {
        using var answer = await town.CallAsync(HttpMethod.Get, "/api/v1/audit?patient=Patient/walter-b", "privacy");

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("POST").And.Not.Contain("walter"));
    }

    [Test]
    public async Task It_goes_page_by_page_to_the_end()
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            using var answer = await town.CallAsync(HttpMethod.Get, $"/api/v1/audit?limit=1&subject=Practitioner/chw-1{(cursor is null ? "" : $"&cursor={cursor}")}", "privacy");
            var page = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.That(ids, Has.Count.GreaterThanOrEqualTo(2).And.Unique);
    }

    [Test]
    public async Task It_gets_a_Bundle_of_AuditEvent_where_it_asks_for_FHIR()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/audit?action=create&subject=Practitioner/chw-1");
        request.Headers.Add("X-Dev-Role", "privacy");
        request.Headers.Add("Accept", "application/fhir+json");

        using var answer = await town.Http.SendAsync(request);
        var bundle = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

        Assert.That(((string?)bundle["resourceType"], (string?)bundle["type"]), Is.EqualTo(("Bundle", "searchset")));
        Assert.That(bundle["entry"]!.AsArray().Select(entry => (string?)entry!["resource"]!["resourceType"]), Is.Not.Empty.And.All.EqualTo("AuditEvent"));
    }

    [Test]
    public async Task That_it_looked_is_recorded()
    {
        await town.AuditAsync("""{ "patient": "Patient/rosa-m" }""");

        using var answer = await town.CallAsync(HttpMethod.Get, "/api/v1/audit?subject=privacy&limit=5", "privacy");
        var items = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray();
        Assert.That(items.Select(item => Privacy.Gist(item!.AsObject())), Does.Contain("privacy read audit  success"));
    }

    [Test]
    public async Task It_hears_that_every_link_holds_and_where_the_chain_stands()
    {
        using var answer = await town.CallAsync(HttpMethod.Get, "/api/v1/audit/verification", "privacy");
        var state = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

        Assert.That((bool?)state["holds"], Is.True);
        Assert.That((string?)state["heads"]![0], Does.Match("^main@[0-9]+:[0-9a-f]{64}$"));
    }

    [Test]
    public async Task Another_text_for_a_head_is_refused()
    {
        using var answer = await town.CallAsync(HttpMethod.Get, "/api/v1/audit/verification?head=12:abc", "privacy");

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }
}
