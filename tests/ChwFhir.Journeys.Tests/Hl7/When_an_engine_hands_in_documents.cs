using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Mllp;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Hl7;

/// <summary>The whole service with its listener: what comes over a socket goes the way of a summary that comes over HTTP.</summary>
internal sealed class When_an_engine_hands_in_documents
{
    private string patient = null!;

    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await Town.StartAsync(("Mllp__Port", "0"));
        var known = await town.ReadFromEhrAsync("Patient/rosa-m");
        var number = known["identifier"]!.AsArray().First(identifier => ((string)identifier!["system"]!).StartsWith("urn:oid:", StringComparison.Ordinal))!;
        var name = known["name"]![0]!;
        patient = $"PID|1||{(string)number["value"]!}^^^&{((string)number["system"]!)["urn:oid:".Length..]}&ISO^MR||{(string)name["family"]!}^{(string)name["given"]![0]!}||{((string)known["birthDate"]!).Replace("-", "", StringComparison.Ordinal)}";
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task A_document_over_a_socket_is_kept_and_once_only()
    {
        using var engine = await Engine.ConnectAsync(town.Services.GetRequiredService<MllpListener>().EndPoint!);
        var message = Message("T02", "DOC77", "MSG001");

        var first = await engine.AskAsync(message);
        var again = await engine.AskAsync(message);
        var changed = await engine.AskAsync(message.Replace("low salt", "no salt", StringComparison.Ordinal));
        using var status = await town.Http.GetAsync("/api/v1/after-visit-summaries/DOC77");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(first, Does.Contain("\rMSA|AA|MSG001\r"));
        Assert.That(again, Does.Contain("\rMSA|AA|MSG001\r"));
        Assert.That(changed, Does.Contain("\rMSA|AE|MSG001|").And.Contain("205^Duplicate key identifier"));
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Over_HTTP_the_answer_is_the_acknowledgement()
    {
        using var taken = await PostAsync(Message("T02", "DOC78", "M1"));
        using var notice = await PostAsync(Message("T01", "DOC79", "M2"));
        using var poor = await PostAsync(Message("T02", "", "M3"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That((taken.StatusCode, await Msa(taken)), Is.EqualTo((HttpStatusCode.Accepted, "MSA|AA|M1")));
        Assert.That(taken.Content.Headers.ContentType!.MediaType, Is.EqualTo("x-application/hl7-v2+er7"));
        Assert.That((notice.StatusCode, await Msa(notice)), Is.EqualTo((HttpStatusCode.BadRequest, "MSA|AR|M2")));
        Assert.That((poor.StatusCode, await Msa(poor)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "MSA|AE|M3")));
    }

    [Test]
    public async Task A_replacement_under_the_number_of_the_document_itself_is_a_document_of_its_own()
    {
        using var original = await PostAsync(Message("T02", "DOC80", "R1"));
        using var replacement = await PostAsync(Message("T10", "DOC80", "R2"));
        using var again = await PostAsync(Message("T10", "DOC80", "R2"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(await Msa(original), Is.EqualTo("MSA|AA|R1"));
        Assert.That((replacement.StatusCode, await Msa(replacement)), Is.EqualTo((HttpStatusCode.Accepted, "MSA|AA|R2")));
        Assert.That((again.StatusCode, await Msa(again)), Is.EqualTo((HttpStatusCode.OK, "MSA|AA|R2")));
    }

    [Test]
    public async Task Two_facilities_that_number_alike_have_a_document_each()
    {
        using var one = await PostAsync(Message("T02", "DOC90", "F1", "FIRST"));
        using var other = await PostAsync(Message("T02", "DOC90", "F2", "ACME"));
        using var again = await PostAsync(Message("T02", "DOC90", "F2", "ACME"));
        using var changed = await PostAsync(Message("T02", "DOC90", "F3", "ACME"));
        using var replaced = await PostAsync(Message("T10", "DOC90", "F4", "ACME"));
        using var unnamed = await PostAsync(Message("T02", "DOC90", "F5"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That((one.StatusCode, one.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.Accepted, "/api/v1/after-visit-summaries/DOC90")));
        Assert.That((other.StatusCode, other.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.Accepted, "/api/v1/after-visit-summaries/ACME_DOC90")));
        Assert.That((again.StatusCode, again.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.OK, "/api/v1/after-visit-summaries/ACME_DOC90")));
        Assert.That((changed.StatusCode, await Msa(changed)), Is.EqualTo((HttpStatusCode.Conflict, "MSA|AE|F3")), "the same facility's document under the same number");
        Assert.That(await changed.Content.ReadAsStringAsync(), Does.Contain("T10"), "and what to do");
        Assert.That(replaced.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(replaced.Headers.Location?.OriginalString, Does.StartWith("/api/v1/after-visit-summaries/DOC90."));
        Assert.That((unnamed.StatusCode, unnamed.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.Accepted, "/api/v1/after-visit-summaries/GHH_DOC90")), "without an authority the sending facility's");
        Assert.That(await town.Http.GetStringAsync("/api/v1/after-visit-summaries/ACME_DOC90"), Does.Contain("\"id\":\"ACME_DOC90\""));
    }

    [Test]
    public async Task A_replacement_names_the_document_before_by_its_number_and_who_gave_it()
    {
        var message = Message("T10", "DOC96", "E1", "ACME").Replace("|DOC96^ACME|OTHER|", "|DOC96^ACME|DOC95^ACME|", StringComparison.Ordinal);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(message));
        content.Headers.TryAddWithoutValidation("Content-Type", "x-application/hl7-v2+er7");
        using var answer = await town.Http.PostAsync("/api/v1/after-visit-summaries/preview", content);
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["entry"]!.AsArray().Select(entry => entry!["resource"]!).First(resource => (string?)resource["resourceType"] == "DocumentReference");

        Assert.That(document["relatesTo"]!.ToJsonString(), Does.Contain("\"replaces\"").And.Contain("urn:hl7v2:authority:ACME").And.Contain("\"DOC95\""));
    }

    [TestCase("2.16.840.1.113883.19.5.90.1", TestName = "By_a_number_of_the_same_kind")]
    [TestCase("1.2.840.9", TestName = "By_what_the_chart_says")]
    public async Task A_message_whose_document_names_somebody_else_is_refused_also_where_PID_has_no_name(string root)
    {
        var (number, cda) = (patient.Split('|')[3], Convert.ToBase64String(Encoding.UTF8.GetBytes(AfterVisitSummaries.Handing.Cda("MIX-1", root: root))));
        var message = Message("T02", "DOC97", "X1").Replace(patient, $"PID|1||{number}", StringComparison.Ordinal).Replace("|TX|||Diet: low salt X1|", $"|ED|||^text^xml^Base64^{cda}|", StringComparison.Ordinal);

        using var answer = await PostAsync(message);
        var text = await answer.Content.ReadAsStringAsync();

        using var scope = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, text.Contains("\rERR||PID^1^3|204^", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), text);
    }

    [Test]
    public async Task Every_message_of_a_batch_is_answered()
    {
        using var answer = await PostAsync("FHS|^~\\&|E|F|C|H\rBHS|^~\\&|E|F|C|H\r" + Message("T02", "DOC81", "B1") + Message("T01", "DOC82", "B2") + "BTS|2\rFTS|1\r");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\r');

        using var scope = Assert.EnterMultipleScope();
        Assert.That(lines.Select(line => line[..Math.Min(3, line.Length)]), Is.EqualTo(new[] { "FHS", "BHS", "MSH", "MSA", "MSH", "MSA", "ERR", "BTS", "FTS", "" }));
        Assert.That(lines[0], Does.StartWith(@"FHS|^~\&|C|H|E|F|"));
        Assert.That(lines.Where(line => line.StartsWith("MSA", StringComparison.Ordinal)).Select(line => line[..9]), Is.EqualTo(new[] { "MSA|AA|B1", "MSA|AR|B2" }));
        Assert.That(lines[^3], Is.EqualTo("BTS|2"));
    }

    [Test]
    public async Task A_batch_that_is_too_long_is_refused_as_a_whole()
    {
        using var answer = await PostAsync("BHS|^~\\&|E|F|C|H\r" + Message("T02", "DOC84", "L1") + string.Concat(Enumerable.Repeat("MSH|^~\\&|E|F\r", 5_000)) + "BTS|5001\r");
        using var status = await town.Http.GetAsync("/api/v1/after-visit-summaries/DOC84");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\r');

        using var scope = Assert.EnterMultipleScope();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(lines.Select(line => line[..Math.Min(6, line.Length)]), Is.EqualTo(new[] { "BHS|^~", "MSH|^~", "MSA|AE", "ERR|||", "BTS|1", "" }));
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "nothing of it is kept");
    }

    [Test]
    public async Task Messages_that_follow_each_other_outside_of_a_batch_are_refused()
    {
        using var answer = await PostAsync(Message("T02", "DOC85", "S1") + Message("T02", "DOC86", "S2"));
        using var status = await town.Http.GetAsync("/api/v1/after-visit-summaries/DOC85");

        using var scope = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, await Msa(answer)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "MSA|AE|S1")));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\rERR||MSH^2|"));
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Of_a_patient_whom_the_EHR_does_not_know_the_place_is_said()
    {
        using var unknown = await PostAsync(Message("T02", "DOC87", "P1").Replace(patient, "PID|1||E0000^^^&1.2.3.4.5&ISO^MR||Nobody^Known||19010101", StringComparison.Ordinal));

        Assert.That(await unknown.Content.ReadAsStringAsync(), Does.Contain("\rERR||PID^1^3|204^"));
    }

    private string Message(string trigger, string document, string control, string? authority = null) =>
        $"MSH|^~\\&|EPIC|GHH|CHW|HOME|20261103154000-0500||MDM^{trigger}^MDM_{trigger}|{control}|P|2.5.1\r{patient}\rTXA|1|DS|TX|||||||||{document}{(authority is { Length: > 0 } ? "^" + authority : "")}|OTHER||||AU\rOBX|1|TX|||Diet: low salt {control}||||||F\r";

    private async Task<HttpResponseMessage> PostAsync(string message)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(message));
        content.Headers.TryAddWithoutValidation("Content-Type", "x-application/hl7-v2+er7");
        return await town.Http.PostAsync("/api/v1/after-visit-summaries", content);
    }

    private static async Task<string?> Msa(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsStringAsync()).Split('\r').FirstOrDefault(line => line.StartsWith("MSA", StringComparison.Ordinal)) is { } line ? string.Join('|', line.Split('|')[..3]) : null;
}
