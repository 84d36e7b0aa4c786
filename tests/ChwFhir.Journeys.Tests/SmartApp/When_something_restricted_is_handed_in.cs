using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.SmartApp;

/// <summary>Other systems hand in a screening and summaries that are marked as restricted: a CHW's pages say that there is something, a clinician's what.</summary>
internal sealed class When_something_restricted_is_handed_in
{
    private const string Said = "Sertraline restarted after the overdose of May.";
    private static readonly string[] Pages = ["", "before", "visits", "symptoms", "plan", "messages"];
    private AppTown town = null!;
    private VisitorBook book = null!;
    private readonly List<string> notes = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await AppTown.StartAsync(("Auth__Withhold", "SUD"));
        book = new VisitorBook(town);
        var screening = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "questionnaire-responses", "hunger-vital-sign.json")))!.AsObject();
        screening["meta"] = JsonNode.Parse("""{ "security": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" } ] }""");
        screening["subject"] = new JsonObject { ["reference"] = $"Patient/{AppTown.Empty}" };
        await HandInAsync("questionnaire-responses", screening);
        var thoughts = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("samples", "questionnaire-responses", "phq-9-contained-form.json")))!.AsObject();
        (thoughts["meta"], thoughts["subject"]) = (screening["meta"]!.DeepClone(), screening["subject"]!.DeepClone());
        await HandInAsync("questionnaire-responses", thoughts);
        await HandInAsync("after-visit-summaries", Summary("by-label", """{ "securityLabel": [ { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "SUD" } ] } ] }"""));
        await HandInAsync("after-visit-summaries", Summary("by-second-label", """{ "securityLabel": [ { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "N" } ] }, { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "V" } ] } ] }"""));
        await HandInAsync("after-visit-summaries", Summary("by-meta", """{ "meta": { "security": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" } ] } }"""));
    }

    [OneTimeTearDown]
    public Task Stop() => town.DisposeAsync().AsTask();

    [Test]
    public async Task A_CHW_reads_on_its_page_that_there_is_something_and_not_what([Values(Who.Chw, Who.ChwSignedIn)] Who who)
    {
        foreach (var note in notes)
        {
            var page = await SeeAsync(who, $"visits/{note}");

            using var together = Assert.EnterMultipleScope();
            Assert.That(page, Does.Contain("Something here is withheld."), note);
            Assert.That(page, Does.Not.Contain("overdose").And.Not.Contain("food you bought").And.Not.Contain("At risk"), note);
        }
    }

    [Test]
    public async Task Nothing_of_it_is_on_any_other_page_of_a_CHW([Values(Who.Chw, Who.ChwSignedIn)] Who who)
    {
        foreach (var one in Pages)
        {
            var page = await SeeAsync(who, one);

            Assert.That(page, Does.Not.Contain("PHQ").And.Not.Contain("better off dead").And.Not.Contain("hoices"), one);
            Assert.That(page, Does.Not.Contain("overdose").And.Not.Contain("Food security").And.Not.Contain("Hunger Vital Sign").And.Not.Contain("not enough food"), one);
        }
    }

    [Test]
    public async Task A_clinician_reads_it()
    {
        var pages = await Task.WhenAll(notes.Select(note => SeeAsync(Who.Clinician, $"visits/{note}")));

        using var together = Assert.EnterMultipleScope();
        Assert.That(pages[0], Does.Contain("At risk"));
        Assert.That(pages[1], Does.Contain("better off dead"));
        Assert.That(pages[2..], Has.All.Contain("overdose"));
        Assert.That(await SeeAsync(Who.Clinician, "messages"), Does.Contain("better off dead"));
        Assert.That(await SeeAsync(Who.Clinician, "symptoms"), Does.Contain("Food security"));
    }

    private static JsonObject Summary(string id, string labels)
    {
        var document = new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["status"] = "current",
            ["masterIdentifier"] = new JsonObject { ["system"] = "urn:ietf:rfc:3986", ["value"] = $"urn:oid:1.2.3.{id.Length}" },
            ["subject"] = new JsonObject { ["reference"] = $"Patient/{AppTown.Empty}" },
            ["content"] = new JsonArray(new JsonObject { ["attachment"] = new JsonObject { ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"After-visit summary\n\nInstructions\n{Said} Number {id}.\n")) } }),
        };
        foreach (var (name, value) in JsonNode.Parse(labels)!.AsObject())
            document[name] = value!.DeepClone();
        return document;
    }

    private async Task HandInAsync(string door, JsonObject resource)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{door}") { Content = new StringContent(resource.ToJsonString(), null, "application/fhir+json") };
        request.Headers.Add("X-Dev-Role", "integration");
        using var answer = await town.Town.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), text);
        var id = (string)JsonNode.Parse(text)!["id"]!;
        for (var patience = 0; patience < 600; patience++)
        {
            if ((string?)JsonNode.Parse(await town.Town.Http.GetStringAsync($"/api/v1/{door}/{id}"))!["state"] == "written")
            {
                notes.Add(id);
                return;
            }
            await Task.Delay(50);
        }
        Assert.Fail($"{id}: {await town.Town.Http.GetStringAsync($"/api/v1/{door}/{id}")}");
    }

    private async Task<string> SeeAsync(Who who, string page)
    {
        var visitor = await book.OfAsync(who, AppTown.Empty);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{visitor.Session}/patients/{AppTown.Empty}/{page}");
        request.Headers.Add("Cookie", $"{SessionDesk.Cookie}={visitor.Secret}");
        using var answer = await town.Town.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
