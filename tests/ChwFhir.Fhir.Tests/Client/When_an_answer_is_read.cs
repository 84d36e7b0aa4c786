using System.IO.Compression;
using System.Text;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Client;

public sealed class When_an_answer_is_read
{
    private const string ThePatient = """{"resourceType":"Patient","id":"p1","active":true}""";

    [TestCase("Patient/p1", null, "p1", null)]
    [TestCase("http://ehr.test/fhir/Patient/p1", null, "p1", null)]
    [TestCase("https://ehr.test/fhir/Patient/p1/_history/7", null, "p1", "7")]
    [TestCase("/api/FHIR/R4/Patient/eAbC.d-9/_history/2", null, "eAbC.d-9", "2")]
    [TestCase("Patient/p1", "W/\"3\"", "p1", "3")]
    [TestCase("Patient/p1/_history/2", "\"2\"", "p1", "2")]
    [TestCase("Patient/p1", "3", "p1", "3")]
    public async Task A_create_is_found_where_the_server_says(string location, string? tag, string id, string? version)
    {
        using var server = new ScriptedServer(_ => Reply.Empty(201, [("Location", location), .. tag is null ? [] : new[] { ("ETag", tag) }]));
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That(answer, Is.EqualTo(new FhirAnswer.Done(201, null, new FhirLocation("Patient", id, version)) { Sends = 1 }));
    }

    [Test]
    public async Task An_E_Tag_is_an_entity_tag()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(201, ("Location", "Patient/p1"), ("E-Tag", "W/\"5\"")));
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That((answer as FhirAnswer.Done)?.Location?.Version, Is.EqualTo("5"));
    }

    [Test]
    public async Task A_create_without_Location_is_found_in_its_body()
    {
        using var server = new ScriptedServer(_ => Reply.Json(201, """{"resourceType":"Patient","id":"p9","meta":{"versionId":"4"}}"""));
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That((answer as FhirAnswer.Done)?.Location, Is.EqualTo(new FhirLocation("Patient", "p9", "4")));
    }

    [Test]
    public async Task A_create_that_names_its_place_is_done_though_its_body_was_cut()
    {
        using var server = new ScriptedServer(_ => Reply.Json(201, ThePatient, ("Location", "Patient/p1")).Cut);
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That((answer as FhirAnswer.Done)?.Location?.Reference, Is.EqualTo("Patient/p1"));
    }

    [Test]
    public async Task A_place_of_another_type_is_not_believed()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(201, ("Location", "Task/77")));
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        Assert.That(answer, Is.EqualTo(new FhirAnswer.Done(201, null, null) { Sends = 1 }));
    }

    [TestCase("application/fhir+json")]
    [TestCase("application/json+fhir")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("text/plain")]
    public async Task A_resource_is_read_whatever_it_calls_itself(string type)
    {
        using var server = new ScriptedServer(_ => Reply.Text(200, type, "\uFEFF \n" + ThePatient, ("ETag", "W/\"2\"")));
        using var client = Some.Client(server);

        var answer = await client.ReadAsync("Patient", "p1", default);

        var done = answer as FhirAnswer.Done;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((done?.Resource as Patient)?.Active, Is.True);
            Assert.That(done?.Location, Is.EqualTo(new FhirLocation("Patient", "p1", "2")));
        }
    }

    [Test]
    public async Task A_compressed_answer_is_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(ThePatient));
        }

        using var server = new ScriptedServer(_ => new Reply(200, packed.ToArray(), ("Content-Type", "application/fhir+json"), ("Content-Encoding", "gzip")));
        using var client = Some.Client(server);

        var answer = await client.ReadAsync("Patient", "p1", default);

        Assert.That((answer as FhirAnswer.Done)?.Resource, Is.InstanceOf<Patient>());
    }

    [TestCase(403, "", "", BodyKind.Empty)]
    [TestCase(404, "text/html", "<!DOCTYPE html><html><body>Not here</body></html>", BodyKind.Html)]
    [TestCase(404, "application/json", "<html>proxy</html>", BodyKind.Html)]
    [TestCase(405, "application/json", """{"error":"no"}""", BodyKind.Other)]
    [TestCase(400, "application/fhir+xml", "<OperationOutcome xmlns='http://hl7.org/fhir'/>", BodyKind.Other)]
    [TestCase(400, "text/plain", "\0\u0001rubbish", BodyKind.Other)]
    [TestCase(501, "", "", BodyKind.Empty)]
    [TestCase(302, "", "", BodyKind.Empty)]
    public async Task A_no_says_what_kind_of_body_it_had(int status, string type, string body, BodyKind kind)
    {
        using var server = new ScriptedServer(_ => Reply.Text(status, type, body, ("Location", "http://elsewhere.test/login")));
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.EqualTo(new FhirAnswer.Refused(status, null, kind) { Sends = 1 }));
            Assert.That(answer.SurelyNotDone, Is.True);
        }
    }

    [Test]
    public async Task A_no_with_an_outcome_tells_its_codes_and_nothing_of_the_patient()
    {
        using var server = new ScriptedServer(_ => Reply.Json(403, Some.Outcome4118));
        using var client = Some.Client(server);

        var answer = await client.CreateAsync(Some.Patient(), null, default);

        var outcome = (answer as FhirAnswer.Refused)!.Outcome!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Has("4118"), Is.True);
            Assert.That(outcome.Has("4130"), Is.False);
            Assert.That(outcome.Summary(), Is.EqualTo("fatal forbidden 4118 Encounter.subject"));
        }
    }

    [Test]
    public void A_path_that_holds_a_value_is_left_out_of_the_summary()
    {
        var outcome = new OperationOutcome { Issue = [new() { Severity = OperationOutcome.IssueSeverity.Error, Code = OperationOutcome.IssueType.Value, Expression = ["Patient.name.where(family='Roe')", "Patient.name[0].family"] }] };

        Assert.That(outcome.Summary(), Is.EqualTo("error value Patient.name[0].family"));
    }

    [Test]
    public async Task A_401_tells_why_the_token_failed()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(401, ("WWW-Authenticate", "Bearer error=\"insufficient_scope\", error_description=\"Roe\"")));
        using var client = Some.Client(server);

        var answer = await client.ReadAsync("Patient", "p1", default);

        Assert.That((answer as FhirAnswer.Refused)?.Challenge, Is.EqualTo("insufficient_scope"));
    }

    [TestCase("<html>Sign in</html>", BodyKind.Html)]
    [TestCase("""{"resourceType":"Group","id":"p1"}""", BodyKind.Fhir)]
    [TestCase("", BodyKind.Empty)]
    [TestCase("""{"a":1}""", BodyKind.Other)]
    public async Task A_200_that_is_not_what_was_asked_for_is_a_failure(string body, BodyKind kind)
    {
        using var server = new ScriptedServer(_ => Reply.Text(200, "text/html", body));
        using var client = Some.Client(server);

        var answer = await client.ReadAsync("Patient", "p1", default);

        Assert.That(answer, Is.EqualTo(new FhirAnswer.Failed(200, null, kind) { Sends = 1 }));
    }

    [Test]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        using var server = new ScriptedServer(_ => Reply.Text(200, "application/fhir+json", new string(' ', 5000) + ThePatient));
        using var client = Some.Client(server.Base, largest: 4096);

        var answer = await client.ReadAsync("Patient", "p1", default);

        Assert.That(answer, Is.EqualTo(new FhirAnswer.Failed(200, null, BodyKind.TooLarge) { Sends = 1 }));
    }

    [Test]
    public async Task An_attachment_comes_as_a_Binary_whether_or_not_the_server_wraps_it()
    {
        using var server = new ScriptedServer(request => request.Target.EndsWith("raw", StringComparison.Ordinal)
            ? Reply.Text(200, "text/html", "<html><p>CHW note</p></html>")
            : Reply.Json(200, """{"resourceType":"Binary","contentType":"text/plain","data":"Q0hXIG5vdGU="}"""));
        using var client = Some.Client(server);

        var raw = await client.ReadContentAsync("Binary/raw", default);
        var wrapped = await client.ReadContentAsync($"{server.Base}/Binary/wrapped", default);
        var elsewhere = await client.ReadContentAsync("http://127.0.0.1:1/Binary/x", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Content(raw), Is.EqualTo(("text/html", "<html><p>CHW note</p></html>")));
            Assert.That(Content(wrapped), Is.EqualTo(("text/plain", "CHW note")));
            Assert.That(elsewhere, Is.InstanceOf<FhirAnswer.NotSent>());
        }
    }

    [Test]
    public async Task Requests_carry_what_FHIR_asks_for()
    {
        using var server = new ScriptedServer(_ => Reply.Empty(201, ("Location", "Patient/p1")));
        using var client = Some.Client(server);

        await client.CreateAsync(Some.Patient(), "identifier=urn:x|1", default);
        await client.UpdateAsync(Some.Patient("p1"), "3", default);

        var create = server.Seen[0];
        var update = server.Seen[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(create.Target, Is.EqualTo("/fhir/Patient"));
            Assert.That(create.Headers["If-None-Exist"], Is.EqualTo("identifier=urn:x|1"));
            Assert.That(create.Headers["Content-Type"], Does.StartWith("application/fhir+json"));
            Assert.That(create.Headers["Accept"], Does.StartWith("application/fhir+json"));
            Assert.That(create.Headers["Prefer"], Is.EqualTo("return=representation"));
            Assert.That(create.Headers.Keys, Has.None.EqualTo("traceparent").IgnoreCase);
            Assert.That(create.Body, Is.EqualTo("""{"resourceType":"Patient","active":true}"""));
            Assert.That((update.Method, update.Target), Is.EqualTo(("PUT", "/fhir/Patient/p1")));
            Assert.That(update.Headers["If-Match"], Is.EqualTo("W/\"3\""));
        }
    }

    [TestCase("..")]
    [TestCase("")]
    public void An_id_that_would_lead_elsewhere_is_not_sent(string id)
    {
        using var server = new ScriptedServer(_ => Reply.Empty(200));
        using var client = Some.Client(server);

        Assert.That(() => client.ReadAsync("Patient", id, default), Throws.ArgumentException);
        Assert.That(server.Seen, Is.Empty);
    }

    [TestCase(@"{\rtf1 CHW note}", true)]
    [TestCase(@"{\rtf1 CHW no", false)]
    public async Task An_RTF_document_is_content_though_it_begins_like_JSON_and_a_cut_one_is_none(string rtf, bool whole)
    {
        using var server = new ScriptedServer(_ => Reply.Text(200, "application/rtf", rtf));
        using var client = Some.Client(server);

        var answer = await client.ReadContentAsync("Binary/raw", default);

        Assert.That(answer is FhirAnswer.Done, Is.EqualTo(whole));
    }

    private static (string?, string) Content(FhirAnswer answer)
    {
        var binary = (answer as FhirAnswer.Done)?.Resource as Binary;
        return (binary?.ContentType, Encoding.UTF8.GetString(binary?.Data ?? []));
    }
}
