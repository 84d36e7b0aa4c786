using System.Text;
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
