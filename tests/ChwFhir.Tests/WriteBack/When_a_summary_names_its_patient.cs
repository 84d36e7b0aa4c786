using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

/// <summary>Whose chart it is that a document belongs to, with an EHR that answers and one that does not.</summary>
public sealed class When_a_summary_names_its_patient
{
    [TestCase("urn:mrn|100", "Somebody", "Else", "1900-01-01", "Patient/p1", ExpectedResult = "Patient/p1", TestName = "A shared number")]
    [TestCase("urn:other|9", "OKAFOR LIND", "Ada Maria", "1963-04-02", "Patient/p1", ExpectedResult = "Patient/p1", TestName = "The same names and birth date")]
    [TestCase("urn:other|9", "Okáfor-Lind", "Ada", "1963-04-03", "Patient/p1", ExpectedResult = "patient-mismatch", TestName = "Another birth date")]
    [TestCase("urn:other|9", "Okáfor-Lind", "Ida", "1963-04-02", "Patient/p1", ExpectedResult = "patient-mismatch", TestName = "Another first name")]
    [TestCase("urn:mrn|100", "Somebody", "Else", "1900-01-01", null, ExpectedResult = "Patient/p1", TestName = "Found by a number")]
    [TestCase("urn:other|9", "Somebody", "Else", "1900-01-01", null, ExpectedResult = "patient-not-found", TestName = "Nobody here")]
    public async Task<string?> The_chart_has_to_be_theirs(string number, string family, string given, string born, string? header)
    {
        await using var service = TheService.Over(new ScriptedEhr());

        return await HandInAsync(service, Document(number, family, given, born), header) switch
        {
            Receipt.Accepted { Status: var status } => status.Patient,
            Receipt.Invalid { Faults: var faults } => faults.Single().Code,
            var other => other.ToString(),
        };
    }

    [TestCase("urn:mrn|100", null, "written", "")]
    [TestCase("urn:mrn|100", "Patient/p1", "written", "")]
    [TestCase("urn:other|9", "Patient/p1", "needs-attention", "patient-mismatch")]
    [TestCase("urn:other|9", null, "needs-attention", "patient-not-found")]
    public async Task What_the_EHR_could_not_say_at_the_receipt_it_is_asked_before_anything_is_written(string number, string? header, string state, string code)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.IsDown = true;
        var accepted = (Receipt.Accepted)await HandInAsync(service, Document(number, "Somebody", "Else", "1900-01-01"), header);
        service.Ehr.IsDown = false;

        await service.WorkAsync(seconds: 5);

        var status = (await service.Journey.StatusAsync(accepted.Status.Id, default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted.Status.Issues.Select(issue => issue.Code), Does.Contain("not-yet-checked"));
            Assert.That(status.State, Is.EqualTo(state));
            Assert.That(status.Issues.Select(issue => issue.Code), code.Length == 0 ? Does.Not.Contain("not-yet-checked") : Does.Contain(code));
        }
    }

    [TestCase("Patient/p1", ExpectedResult = "Patient/p1")]
    [TestCase("Patient/p2", ExpectedResult = "patient-mismatch")]
    public async Task<string?> A_document_that_says_only_a_chart_means_that_chart(string said)
    {
        await using var service = TheService.Over(new ScriptedEhr());

        return await HandInAsync(service, Reference(said), "Patient/p1") switch
        {
            Receipt.Accepted { Status: var status } => status.Patient,
            Receipt.Invalid { Faults: var faults } => faults.Single().Code,
            var other => other.ToString(),
        };
    }

    [Test]
    public async Task The_same_printed_words_for_two_patients_are_two_documents()
    {
        await using var service = TheService.Over(WithTwo());

        var ada = Id(await PrintedAsync(service, new SentAs("text/plain", "Patient/p1")));
        var walter = Id(await PrintedAsync(service, new SentAs("text/plain", "Patient/p2")));
        var atAVisit = Id(await PrintedAsync(service, new SentAs("text/plain", "Patient/p2", "Encounter/e2")));
        var again = await PrintedAsync(service, new SentAs("text/plain", $"{ScriptedEhr.BaseUrl}/Patient/p1"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(new[] { ada, walter, atAVisit }, Is.Unique);
        Assert.That((again as Receipt.AlreadyHere)?.Status.Id, Is.EqualTo(ada));
    }

    [TestCase("Patient/p1", "Patient/p1", true)]
    [TestCase("Patient/p1", "Patient/p2", false)]
    [TestCase("Patient/p1", "Patient/nobody", false, TestName = "The EHR does not know whom the repeat names")]
    public async Task The_same_id_for_another_patient_is_no_repeat(string first, string second, bool isRepeat)
    {
        await using var service = TheService.Over(WithTwo());
        await PrintedAsync(service, new SentAs("text/plain", first, DocumentId: "d9"));

        Assert.That(await PrintedAsync(service, new SentAs("text/plain", second, DocumentId: "d9")), isRepeat ? Is.InstanceOf<Receipt.AlreadyHere>() : Is.InstanceOf<Receipt.Conflict>());
    }

    [TestCase("Patient/p1", ExpectedResult = nameof(Receipt.AlreadyHere))]
    [TestCase("Patient/p2", ExpectedResult = nameof(Receipt.Conflict))]
    [TestCase("p1", ExpectedResult = nameof(Receipt.Invalid))]
    [TestCase(null, ExpectedResult = nameof(Receipt.AlreadyHere))]
    public async Task<string> A_document_that_found_its_chart_is_repeated_for_that_chart_only(string? header)
    {
        await using var service = TheService.Over(WithTwo());
        await HandInAsync(service, Document("urn:mrn|100", "Okáfor-Lind", "Ada", "1963-04-02"), null);

        return (await HandInAsync(service, Document("urn:mrn|100", "Okáfor-Lind", "Ada", "1963-04-02"), header)).GetType().Name;
    }

    [TestCase("\"reference\": \"Patient/p1\", \"identifier\": { \"system\": \"urn:mrn\", \"value\": \"200\" }", ExpectedResult = "ambiguous")]
    [TestCase("\"reference\": \"Patient/p1\", \"identifier\": { \"system\": \"urn:mrn\", \"value\": \"100\" }", ExpectedResult = "Patient/p1")]
    public async Task<string?> A_reference_and_a_number_have_to_be_of_one_person(string subject)
    {
        await using var service = TheService.Over(WithTwo());

        return Said(await HandInAsync(service, Reference("Patient/p1").Replace("\"reference\": \"Patient/p1\"", subject, StringComparison.Ordinal), null));
    }

    [TestCase("Patient/p1", ExpectedResult = "ambiguous")]
    [TestCase("Patient/p2", ExpectedResult = "Patient/p2")]
    [TestCase("Patient/of-another-EHR", ExpectedResult = "Patient/p2")]
    public async Task<string?> A_document_under_a_cover_for_another_chart_is_put_into_neither(string cover)
    {
        await using var service = TheService.Over(WithTwo());
        var walters = Convert.ToBase64String(Encoding.UTF8.GetBytes(Document("urn:mrn|200", "Bell", "Walter", "1950-01-01")));

        return Said(await HandInAsync(service, Reference(cover).Replace("text/plain", "application/fhir+json", StringComparison.Ordinal).Replace(Convert.ToBase64String("Diet: Low salt"u8), walters, StringComparison.Ordinal), null));
    }

    [Test]
    public async Task Numbers_of_two_people_are_nobodys()
    {
        await using var service = TheService.Over(WithTwo());
        var document = Document("urn:mrn|200", "Bell", "Walter", "1950-01-01").Replace("\"identifier\": [ {", "\"identifier\": [ { \"system\": \"urn:mrn\", \"value\": \"100\" }, {", StringComparison.Ordinal);

        Assert.That(Said(await HandInAsync(service, document, null)), Is.EqualTo("ambiguous"));
    }

    [Test]
    public async Task A_chart_that_the_EHR_gives_for_another_is_not_believed()
    {
        await using var service = TheService.Over(new ScriptedEhr { Merged = { ["Patient/p0"] = "Patient/p1" } });

        var accepted = (Receipt.Accepted)await HandInAsync(service, Reference("Patient/p0"), null);
        await service.WorkAsync();

        var status = await service.StatusAsync(accepted.Status.Id);
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("patient-merged"));
    }

    [TestCase("Somebody", "1900-01-01", true)]
    [TestCase("Okáfor-Lind", "1900-01-01", false)]
    [TestCase("Somebody", "1963-04-02", false)]
    public async Task A_shared_number_under_another_name_and_birth_date_is_taken_with_a_warning(string family, string born, bool isRemarked)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var accepted = (Receipt.Accepted)await HandInAsync(service, Document("urn:mrn|100", family, "Else", born), null);
        await service.WorkAsync();

        var issue = (await service.StatusAsync(accepted.Status.Id)).Issues.SingleOrDefault(one => one.Code == "patient-differs");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(issue is not null, Is.EqualTo(isRemarked));
        Assert.That(issue?.Detail ?? "", Does.Not.Contain(family).And.Not.Contain(born));
    }

    [TestCase("text/plain", "{\"reference\":\"Patient/p2\",\"check\":{\"birthDate\":\"1950-01-01\"}}", "/rightPatient/check")]
    [TestCase("text/plain", "{\"identifier\":{\"system\":\"urn:mrn\",\"value\":\"200\"}}", "/rightPatient/identifier,/rightPatient/reference")]
    [TestCase("text/plain", "{\"reference\":\"Patient/p2\"}", "")]
    public async Task What_a_printed_page_has_no_place_for_is_not_dropped_when_it_is_moved(string form, string right, string pointers)
    {
        await using var service = TheService.Over(WithTwo());
        var id = Id(await PrintedAsync(service, new SentAs(form, "Patient/p1")))!;

        var answer = await service.Journey.RetractAsync(id, "wrong-patient", JsonNode.Parse(right)!.AsObject(), default);

        Assert.That(answer is Withdrawal.Invalid { Faults: var faults } ? string.Join(',', faults.Select(fault => fault.Pointer)) : "", Is.EqualTo(pointers));
    }

    [Test]
    public void What_a_person_confirms_in_the_words_of_the_call_is_confirmed()
    {
        var body = Encoding.UTF8.GetBytes(Document("urn:other|9", "Somebody", "Else", "1900-01-01"));
        var input = ((InputReading.Read)SummaryInput.Read(body, new SentAs("application/fhir+json", "Patient/p1"), new IntakeOptions())).Input;

        var asCalled = input.Chosen(input.Patient, input.Encounter);
        var confirmed = input.Chosen(new NotePatient { Reference = "Patient/p1" }, input.Encounter);
        var another = input.Chosen(new NotePatient { Reference = "Patient/p2" }, input.Encounter);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(asCalled.Subject, Is.Not.Null);
        Assert.That(confirmed.Subject, Is.Null);
        Assert.That(another.Subject, Is.Not.Null);
    }

    private static ScriptedEhr WithTwo()
    {
        var ehr = new ScriptedEhr();
        ehr.Put("""{"resourceType":"Patient","id":"p2","active":true,"birthDate":"1950-01-01","name":[{"family":"Bell","given":["Walter"]}],"identifier":[{"system":"urn:mrn","value":"200"}]}""");
        ehr.Put("""{"resourceType":"Encounter","id":"e2","status":"finished","subject":{"reference":"Patient/p2"}}""");
        return ehr;
    }

    private static Task<Receipt> PrintedAsync(TheService service, SentAs sentAs) => service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, "Diet: Low salt"u8.ToArray(), sentAs, default);

    private static string? Id(Receipt receipt) => (receipt as Receipt.Accepted)?.Status.Id;

    private static string? Said(Receipt receipt) => receipt switch
    {
        Receipt.Accepted { Status: var status } => status.Patient,
        Receipt.Invalid { Faults: var faults } => faults.Single().Code,
        var other => other.ToString(),
    };

    [Test]
    public async Task The_preview_goes_by_the_id_that_the_receipt_gives_where_another_system_has_the_number()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var others = Document("urn:mrn|100", "Okáfor-Lind", "Ada", "1963-04-02");
        var ours = others.Replace("urn:docs", "urn:oid:1.2.3", StringComparison.Ordinal);
        var first = (Receipt.Accepted)await HandInAsync(service, others, null);

        var before = await PreviewAsync(service, ours);
        var second = (Receipt.Accepted)await HandInAsync(service, ours, null);
        var after = await PreviewAsync(service, ours);

        using var scope = Assert.EnterMultipleScope();
        Assert.That((first.Status.Id, second.Status.Id), Is.EqualTo(("d1", "1.2.3_d1")));
        Assert.That(before, Does.Contain("\"1.2.3_d1\""));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(await PreviewAsync(service, others), Does.Contain("\"d1\"").And.Not.Contain("1.2.3_d1"));
    }

    private static async Task<string> PreviewAsync(TheService service, string document) =>
        Encoding.UTF8.GetString(((PreviewResult.Previewed)await service.Journey.PreviewAsync(InputKind.AfterVisitSummary, Encoding.UTF8.GetBytes(document), new SentAs("application/fhir+json", null), default)).Bundle.Span);

    private static Task<Receipt> HandInAsync(TheService service, string document, string? header) =>
        service.Journey.ReceiveAsync(InputKind.AfterVisitSummary, Encoding.UTF8.GetBytes(document), new SentAs("application/fhir+json", header), default);

    private static string Reference(string patient) => $$"""
        { "resourceType": "DocumentReference", "status": "current", "masterIdentifier": { "system": "urn:docs", "value": "d2" }, "subject": { "reference": "{{patient}}" },
          "content": [ { "attachment": { "contentType": "text/plain", "data": "{{Convert.ToBase64String("Diet: Low salt"u8)}}" } } ] }
        """;

    private static string Document(string number, string family, string given, string born) => $$"""
        { "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:docs", "value": "d1" }, "timestamp": "2026-10-19T11:05:00-04:00", "entry": [
          { "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Composition", "status": "final", "type": { "text": "Summary" }, "date": "2026-10-19T11:05:00-04:00", "title": "Summary", "author": [ { "display": "Dr. Nora Quill" } ],
            "subject": { "reference": "urn:uuid:2" }, "section": [ { "title": "Diet", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Less salt.</div>" } } ] } },
          { "fullUrl": "urn:uuid:2", "resource": { "resourceType": "Patient", "identifier": [ { "system": "{{number.Split('|')[0]}}", "value": "{{number.Split('|')[1]}}" } ], "name": [ { "family": "{{family}}", "given": [ "{{given}}" ] } ], "birthDate": "{{born}}" } } ] }
        """;
}
