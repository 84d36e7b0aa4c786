using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

public sealed class When_a_note_is_filed_in_the_strict_sandbox
{
    private const string Text = "Señora said: \"5 < 6 & {well}\" – 🙂\n\n  - two  spaces\tand a tab \\ end   \nCHW note ref n-1/document";

    private RunningSandbox sandbox = null!;

    [SetUp]
    public async Task Start() => sandbox = await StrictSandbox.StartAsync();

    [TearDown]
    public ValueTask Stop() => sandbox.DisposeAsync();

    [Test]
    public async Task It_answers_with_a_relative_location_and_nothing_else()
    {
        var response = await FileAsync(StrictSandbox.Note());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(201));
            Assert.That(response.Headers.Location!.OriginalString, Does.Match(@"^DocumentReference/e[A-Za-z0-9.\-]{22}3$"));
            Assert.That(response.Headers.ETag, Is.Null);
            Assert.That(response.Headers.Contains("E-Tag"), Is.False);
            Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task A_representation_is_given_to_who_asks()
    {
        var filed = await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note().ToJsonString(), ("Prefer", "return=representation")), 201);

        Assert.That(filed["content"]![0]!["attachment"]!["url"]!.GetValue<string>(), Does.StartWith("Binary/"));
    }

    [Test]
    public async Task Only_what_is_documented_as_stored_is_kept_and_the_numbers_are_its_own()
    {
        var filed = await sandbox.GetAsync((await FileAsync(StrictSandbox.Note())).Headers.Location!.OriginalString);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(filed["identifier"]!.AsArray().Single()!["system"]!.GetValue<string>(), Is.EqualTo("urn:oid:1.2.840.114350.1.13.0.1.7.2.727879"));
            Assert.That(filed["author"]!.ToJsonString(), Does.Not.Contain("chw-1"));
            Assert.That(filed["description"], Is.Null);
            Assert.That(filed["date"]!.GetValue<string>(), Does.Not.StartWith("2020"));
            Assert.That(filed["meta"], Is.Null);
            Assert.That(filed["type"]!["coding"]!.AsArray().Select(coding => coding!["code"]!.GetValue<string>()), Is.EqualTo(["1", "1", "11506-3"]));
            Assert.That(filed["category"]![0]!["coding"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("clinical-note"));
            Assert.That(filed["context"]!["encounter"]![0]!["identifier"]!["value"]!.GetValue<string>(), Is.EqualTo("CSN-rosa-m-home-1"));
            Assert.That(filed["content"]!.AsArray().Select(content => content!["attachment"]!["contentType"]!.GetValue<string>()), Is.EqualTo(["text/html", "text/rtf"]), "of the first attachment, the second is lost");
            Assert.That(filed["content"]!.AsArray().Select(content => content!["attachment"]!["data"]), Has.All.Null);
            Assert.That(filed["content"]!.AsArray().Select(content => content!["format"]!["code"]!.GetValue<string>()), Has.All.EqualTo("urn:ihe:iti:xds:2017:mimeTypeSufficient"));
        }
    }

    [Test]
    public async Task Its_text_is_read_back_as_HTML()
    {
        var html = await ContentAsync(0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(html, Does.Contain("5 &lt; 6 &amp; {well}").And.Contain("Se&#241;ora").And.Contain("&#128578;").And.Not.Contain("\n"));
            var lines = html.Replace("</div>", "\n", StringComparison.Ordinal);
            Assert.That(Folded(WebUtility.HtmlDecode(Regex.Replace(lines, "<[^>]+>", ""))), Is.EqualTo(Folded(Text)), "nothing of the text is lost");
        }
    }

    [Test]
    public async Task Its_text_is_read_back_as_RTF()
    {
        var rtf = await ContentAsync(1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rtf, Does.StartWith(@"{\rtf1").And.Contain(@"\{well\}").And.Contain(@"Se\u241?ora").And.Contain(@"\u-10179?\u-8638?").And.Contain(@"\tab and a tab \\ end\par"));
            Assert.That(rtf, Does.Contain("CHW note ref n-1/document"));
        }
    }

    [Test]
    public async Task Its_content_comes_as_a_resource_to_who_asks_for_FHIR()
    {
        var url = (await FiledAsync())["content"]![0]!["attachment"]!["url"]!.GetValue<string>();

        var binary = await RunningSandbox.JsonOf(await sandbox.SendAsync(HttpMethod.Get, url, null, ("Accept", "application/fhir+json, */*;q=0.5")), 200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(binary["resourceType"]!.GetValue<string>(), Is.EqualTo("Binary"));
            Assert.That(binary["contentType"]!.GetValue<string>(), Is.EqualTo("text/html"));
            Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String(binary["data"]!.GetValue<string>())), Does.Contain("5 &lt; 6"));
        }
    }

    [Test]
    public async Task Content_that_is_not_there_has_its_number() => await StrictSandbox.AssertRefusedAsync(await sandbox.Http.GetAsync("Binary/e0none.3"), 404, "59144");

    [Test]
    public async Task A_note_that_was_there_before_is_read_in_the_same_manner()
    {
        var note = await sandbox.GetAsync("DocumentReference/rosa-m-note-1");

        Assert.That(await sandbox.Http.GetStringAsync(note["content"]![1]!["attachment"]!["url"]!.GetValue<string>()), Does.StartWith(@"{\rtf1"));
    }

    [Test]
    public async Task The_same_note_again_is_a_second_one_whatever_the_condition_says()
    {
        var first = await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note().ToJsonString(), ("If-None-Exist", "identifier=urn:n|1"));
        var second = await sandbox.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note().ToJsonString(), ("If-None-Exist", "identifier=urn:n|1"));

        var found = await sandbox.GetAsync("DocumentReference?patient=rosa-m&category=clinical-note&encounter=rosa-m-home-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)second.StatusCode, Is.EqualTo(201));
            Assert.That(StrictSandbox.Matches(found), Is.EquivalentTo(new[] { first, second }.Select(answer => answer.Headers.Location!.OriginalString.Split('/')[1])));
            Assert.That(StrictSandbox.Matches(await sandbox.GetAsync("DocumentReference?patient=rosa-m&identifier=urn:n%7C1")), Is.Empty, "our identifier is not kept");
        }
    }

    [Test]
    public async Task A_draft_stays_a_draft()
    {
        var note = StrictSandbox.Note();
        note["docStatus"] = "preliminary";

        var filed = await sandbox.GetAsync((await FileAsync(note)).Headers.Location!.OriginalString);

        Assert.That(filed["docStatus"]!.GetValue<string>(), Is.EqualTo("preliminary"));
    }

    [Test]
    public async Task In_a_pre_charting_encounter_only_a_draft_is_taken()
    {
        var note = StrictSandbox.Note(patient: "nadia-b", encounter: "nadia-b-home-pre-charting");
        var signed = await FileAsync(note);
        note["docStatus"] = "preliminary";
        var draft = await FileAsync(note);

        await StrictSandbox.AssertRefusedAsync(signed, 400, "59159", "docStatus");
        Assert.That((int)draft.StatusCode, Is.EqualTo(201));
    }

    [TestCase("encounter", "null", "59108", "context/encounter")]
    [TestCase("encounter", "[{ \"reference\": \"Encounter/none\" }]", "59144", "context/encounter")]
    [TestCase("encounter", "[{ \"reference\": \"Encounter/walter-b-home-1\" }]", "59111", "subject")]
    [TestCase("subject", "{ \"reference\": \"Patient/none\" }", "59144", "subject")]
    [TestCase("subject", "null", "59108", "subject")]
    [TestCase("type", "{ \"coding\": [{ \"system\": \"http://loinc.org\", \"code\": \"69730-0\" }] }", "59111", "type")]
    [TestCase("type", "{ \"text\": \"note\" }", "59108", "type")]
    [TestCase("content", "null", "59108", "content/attachment")]
    [TestCase("contentType", "\"text/html\"", "59111", "content/attachment/contentType")]
    [TestCase("contentType", "\"application/pdf\"", "59111", "content/attachment/contentType")]
    [TestCase("data", "\"not base 64!\"", "59111", "content/attachment/data")]
    [TestCase("status", "\"superseded\"", "59111", "status")]
    [TestCase("docStatus", "\"amended\"", "59111", "docStatus")]
    public async Task A_note_that_breaks_a_rule_is_refused_with_its_number(string element, string value, string number, string expression)
    {
        var note = StrictSandbox.Note();
        var parent = element switch { "encounter" => note["context"]!, "contentType" or "data" => note["content"]![0]!["attachment"]!, _ => note };
        parent[element] = JsonNode.Parse(value);

        await StrictSandbox.AssertRefusedAsync(await FileAsync(note), 400, number, expression);
    }

    [Test]
    public async Task A_cancelled_encounter_takes_no_note() =>
        await StrictSandbox.AssertRefusedAsync(await FileAsync(StrictSandbox.Note(patient: "nadia-b", encounter: "nadia-b-home-cancelled")), 400, "59159", "context/encounter");

    [Test]
    public async Task A_finished_encounter_takes_one() =>
        Assert.That((int)(await FileAsync(StrictSandbox.Note(patient: "nadia-b", encounter: "nadia-b-home-1"))).StatusCode, Is.EqualTo(201));

    [Test]
    public async Task The_list_of_types_can_be_asked_for_and_is_the_one_that_is_taken()
    {
        await using var site = await StrictSandbox.StartAsync(options => options with { NoteTypes = ["34748-4", "99999-0"] });

        var list = await site.GetAsync("ValueSet/$expand?url=urn:any");
        var progress = await site.SendAsync(HttpMethod.Post, "DocumentReference", StrictSandbox.Note().ToJsonString());
        var own = StrictSandbox.Note();
        own["type"] = JsonNode.Parse("""{ "coding": [{ "system": "urn:oid:1.2.840.114350.1.13.0.1.7.4.737880.5010", "code": "20" }] }""");
        var telephone = await site.SendAsync(HttpMethod.Post, "DocumentReference", own.ToJsonString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list["expansion"]!["contains"]!.AsArray().Select(type => type!["code"]!.GetValue<string>()), Is.EqualTo(["34748-4", "99999-0"]));
            Assert.That((int)telephone.StatusCode, Is.EqualTo(201), "by the organization's own number");
        }
        await StrictSandbox.AssertRefusedAsync(progress, 400, "59111", "type");
    }

    private Task<HttpResponseMessage> FileAsync(JsonNode note) => sandbox.SendAsync(HttpMethod.Post, "DocumentReference", note.ToJsonString());

    private async Task<JsonNode> FiledAsync() => await sandbox.GetAsync((await FileAsync(StrictSandbox.Note(Text))).Headers.Location!.OriginalString);

    private async Task<string> ContentAsync(int place)
    {
        var attachment = (await FiledAsync())["content"]![place]!["attachment"]!;
        var content = await sandbox.Http.GetAsync(attachment["url"]!.GetValue<string>());
        Assert.That(content.Content.Headers.ContentType!.MediaType, Is.EqualTo(attachment["contentType"]!.GetValue<string>()));
        return await content.Content.ReadAsStringAsync();
    }

    private static string Folded(string text) => Regex.Replace(text.Replace('\u00A0', ' '), @"\s+", " ").Trim();
}
