using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Tests.Intake.Ccda;
using ChwFhir.Tests.Intake.FhirDocuments;
using ChwFhir.Tests.Intake.Hl7;

namespace ChwFhir.Tests.Intake.Printed;

internal sealed class When_another_form_is_sent_as_a_page
{
    private static IEnumerable<TestCaseData> Forms()
    {
        var cda = SomeCcda.Document(SomeCcda.Section("69730-0", "Less salt."));
        yield return new TestCaseData(cda, "application/cda+xml").SetName("C_CDA");
        yield return new TestCaseData(cda.Replace(" xmlns=\"urn:hl7-org:v3\"", "", StringComparison.Ordinal), "application/cda+xml").SetName("C_CDA_without_its_namespace");
        yield return new TestCaseData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + cda.Replace("<ClinicalDocument", "<n1:ClinicalDocument", StringComparison.Ordinal), "application/cda+xml").SetName("C_CDA_behind_other_lines");
        yield return new TestCaseData(string.Join('\r', Messages.Whole), "x-application/hl7-v2+er7").SetName("HL7_v2");
        yield return new TestCaseData("\uFEFF\r\nBHS|^~\\&|A\r" + string.Join('\r', Messages.Whole), "x-application/hl7-v2+er7").SetName("A_batch_of_HL7_v2");
        yield return new TestCaseData(Encoding.UTF8.GetString(SomeFhir.Json()), "application/json").SetName("JSON");
        yield return new TestCaseData(Encoding.UTF8.GetString(SomeFhir.Bundle()), "application/fhir+json").SetName("FHIR");
        yield return new TestCaseData("{\n  \"id\": \"x\",\n  \"resourceType\": \"Bundle\"", "application/fhir+json").SetName("FHIR_that_breaks_off");
        yield return new TestCaseData(@"{\rtf1\ansi Diet\par}", "DocumentReference").SetName("RTF");
        yield return new TestCaseData("%PDF-1.7\n", "DocumentReference").SetName("PDF");
    }

    [TestCaseSource(nameof(Forms))]
    public void Its_sender_is_told_how_to_send_it(string text, string sendAs)
    {
        using var scope = Assert.EnterMultipleScope();
        foreach (var page in new[] { "text/plain", "text/html", "text/markdown" })
        {
            var faults = (Reading.Of(page, Encoding.UTF8.GetBytes(text)) as SummaryReading.Invalid)?.Faults;
            Assert.That(faults?.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("Content-Type", "other-form") }), page);
            Assert.That(faults?[0].Detail, Does.Contain(sendAs));
        }
    }

    [TestCase("MSH is the name of the clinic | ward 3")]
    [TestCase("MSH | Dose | Time |\n| --- | --- |")]
    [TestCase("{not data} eat well")]
    [TestCase("{{name}}, eat well")]
    [TestCase("Your file is a ClinicalDocument of urn:hl7-org:v3.")]
    [TestCase("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Diet</p></body></html>")]
    public void A_page_stays_a_page(string text) => Assert.That(Reading.Of("text/plain", Encoding.UTF8.GetBytes(text)), Is.InstanceOf<SummaryReading.Read>());

    [Test]
    public void What_was_taken_before_is_read_as_it_was_taken() =>
        Assert.That(SummaryReader.Read(new SummaryCall(SomeFhir.Json(), "text/plain", "Patient/1"), new IntakeOptions { IsKept = true }), Is.InstanceOf<SummaryReading.Read>());

    [Test]
    public void Inside_of_an_envelope_it_is_told_as_well()
    {
        var reading = SummaryReader.Read(new SummaryCall(SomeFhir.Bytes(SomeFhir.Cover("text/plain", SomeFhir.Bundle())), "application/fhir+json"), new IntakeOptions());

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("/content/0/attachment/data", "other-form") }));
    }

    [Test]
    public void FHIR_as_plain_JSON_is_told_so()
    {
        var reading = SummaryReader.Read(new SummaryCall(SomeFhir.Bundle(), "application/json"), new IntakeOptions());

        Assert.That((reading as SummaryReading.Invalid)?.Faults.Select(fault => (fault.Pointer, fault.Code)), Is.EqualTo(new[] { ("/resourceType", "other-form") }));
    }
}
