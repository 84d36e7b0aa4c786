using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Tests.Intake.Hl7;

namespace ChwFhir.Tests.Intake.FhirDocuments;

internal sealed class When_a_DocumentReference_holds_any_form
{
    private static byte[] TheMessage => Encoding.UTF8.GetBytes(string.Join('\r', Messages.Whole));

    [TestCase("x-application/hl7-v2+er7")]
    [TestCase("application/hl7-v2")]
    [TestCase(null)]
    public void A_message_of_HL7_v2_is_read_as_one(string? contentType)
    {
        var summary = Good(SomeFhir.Cover(contentType, TheMessage)).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Instructions, Is.EqualTo(new[] { new SummaryInstruction("Diet", "low salt") }));
        Assert.That(summary.WarningSigns, Has.Count.EqualTo(2));
        Assert.That(summary.Id, Is.EqualTo("DOC77"), "TXA-12");
        Assert.That(summary.Subject, Has.Property("Family").EqualTo("Okafor").And.Property("Reference").EqualTo("Patient/eXYZ"));
        Assert.That(summary.Document.ContentType, Is.EqualTo("text/plain"), "what a reader of the original wants");
    }

    [TestCase("application/fhir+json")]
    [TestCase("application/fhir+json; fhirVersion=4.0")]
    [TestCase(null)]
    public void A_document_Bundle_is_read_as_one(string? contentType)
    {
        var summary = Good(SomeFhir.Cover(contentType, SomeFhir.Bundle())).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Sections, Is.EqualTo(new[] { new SummarySection("Diet", null, "Low salt") }));
        Assert.That(summary.Id, Is.EqualTo("b-9"));
        Assert.That(summary.Document.ContentType, Is.EqualTo("application/fhir+json"));
        Assert.That(summary.Document.Original.ToArray(), Is.EqualTo(SomeFhir.Bundle()));
    }

    [TestCase("application/json", "\"id\": \"avs-1\",")]
    [TestCase(null, "\"id\": \"avs-1\", \"patient\": { \"reference\": \"Patient/eXYZ\" },")]
    public void A_summary_in_JSON_is_read_as_one_and_the_cover_says_whose_it_is_where_it_does_not(string? contentType, string members)
    {
        var summary = Good(SomeFhir.Cover(contentType, SomeFhir.Json(members))).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Instructions, Is.EqualTo(new[] { new SummaryInstruction("Diet", "Low salt") }));
        Assert.That(summary.Id, Is.EqualTo("avs-1"));
        Assert.That(summary.Subject!.Reference, Is.EqualTo("Patient/eXYZ"));
    }

    [Test]
    public void A_cover_may_have_a_cover_and_that_is_all()
    {
        var once = SomeFhir.Cover("application/fhir+json", SomeFhir.Bytes(SomeFhir.Cover("application/fhir+json", SomeFhir.Bundle())));
        var twice = SomeFhir.Cover("application/fhir+json", SomeFhir.Bytes(once));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Good(once).Summary.Sections, Is.EqualTo(new[] { new SummarySection("Diet", null, "Low salt") }));
        Assert.That(Faults(twice), Is.EqualTo(new[] { ("/content/0/attachment/data", "not-a-document") }));
    }

    [TestCase("", "2.16.840.1.113883.19.5.77_D1")]
    [TestCase("urn:oid:2.16.840.1.113883.19.5.77|D1", "2.16.840.1.113883.19.5.77_D1")]
    [TestCase("urn:example:docs|D1", "D1")]
    public void A_C_CDA_has_the_same_id_with_a_cover_and_without_one_unless_the_cover_numbers_it(string number, string id)
    {
        var document = """
            <ClinicalDocument xmlns="urn:hl7-org:v3"><id root="2.16.840.1.113883.19.5.77" extension="D1"/><recordTarget><patientRole><id root="1.2.3" extension="9"/></patientRole></recordTarget>
            <component><structuredBody><component><section><title>Diet</title><text>Low salt</text></section></component></structuredBody></component></ClinicalDocument>
            """u8.ToArray();
        var cover = SomeFhir.Cover("application/cda+xml", document);
        if (number.Split('|') is [var system, var value])
            cover["masterIdentifier"] = new JsonObject { ["system"] = system, ["value"] = value };

        Assert.That(Good(cover).Summary.Id, Is.EqualTo(id));
    }

    [TestCase("text/plain", " \n\t ")]
    [TestCase("text/markdown", "\u00A0\n")]
    public void A_page_without_a_word_is_refused(string contentType, string page) =>
        Assert.That(Faults(SomeFhir.Cover(contentType, Encoding.UTF8.GetBytes(page))), Is.EqualTo(new[] { ("/content/0/attachment/data", "nothing-said") }));

    private static IEnumerable<TestCaseData> OfSomebodyElse()
    {
        yield return new TestCaseData("x-application/hl7-v2+er7", TheMessage, """{ "reference": "#q" }""", "/subject").SetName("A_message_of_another_name");
        yield return new TestCaseData("x-application/hl7-v2+er7", TheMessage, """{ "reference": "#n" }""", "/subject").SetName("A_message_of_another_number");
        yield return new TestCaseData("application/fhir+json", SomeFhir.Bundle(), """{ "reference": "#q" }""", "/subject").SetName("A_Bundle_of_another_name");
        yield return new TestCaseData("application/json", SomeFhir.Json("\"patient\": { \"reference\": \"Patient/other\" },"), """{ "reference": "Patient/eXYZ" }""", "/subject/reference").SetName("JSON_of_another_chart");
        yield return new TestCaseData("application/json", SomeFhir.Json("\"patient\": { \"reference\": \"Patient/x\", \"check\": { \"familyName\": \"Okafor\" } },"), """{ "reference": "#q" }""", "/subject").SetName("JSON_of_another_name");
        yield return new TestCaseData("application/json", SomeFhir.Json("\"patient\": { \"identifier\": { \"system\": \"urn:oid:2.16.840.1.113883.19.5.1\", \"value\": \"E1\" } },"), """{ "reference": "#n" }""", "/subject").SetName("JSON_of_another_number");
    }

    [TestCaseSource(nameof(OfSomebodyElse))]
    public void What_is_about_somebody_else_than_its_cover_is_refused(string contentType, byte[] inside, string subject, string pointer) =>
        Assert.That(Faults(SomeFhir.Cover(contentType, inside, subject)), Is.EqualTo(new[] { (pointer, "patient-mismatch") }));

    [Test]
    public void What_is_wrong_inside_is_said_with_its_place()
    {
        var reading = (SummaryReading.Invalid)Read(SomeFhir.Cover("application/json", SomeFhir.Json("\"warningSigns\": [ { \"text\": \"Fever\", \"action\": \"run\" } ],")));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading.Faults.Select(fault => fault.Pointer), Is.EqualTo(new[] { "/content/0/attachment/data" }));
        Assert.That(reading.Faults[0].Detail, Does.StartWith("/warningSigns/0/action: "));
    }

    [Test]
    public void Somebody_has_to_say_whose_it_is()
    {
        var cover = SomeFhir.Cover("application/json", SomeFhir.Json());
        cover.AsObject().Remove("subject");

        Assert.That(Faults(cover), Is.EqualTo(new[] { ("/subject", "patient-missing") }));
    }

    [Test]
    public void The_header_names_the_cover_and_not_what_is_inside()
    {
        var body = SomeFhir.Bytes(SomeFhir.Cover("application/json", SomeFhir.Json("\"id\": \"avs-1\",")));

        var reading = SummaryReader.Read(new SummaryCall(body, "application/fhir+json", "Patient/eXYZ", DocumentId: "mine"), new IntakeOptions());

        Assert.That((reading as SummaryReading.Read)?.Summary.Id, Is.EqualTo("mine"), reading.ToString());
    }

    private static SummaryReading Read(JsonNode json) => SummaryReader.Read(new SummaryCall(SomeFhir.Bytes(json), "application/fhir+json"), new IntakeOptions());

    private static SummaryReading.Read Good(JsonNode json) => Read(json) switch
    {
        SummaryReading.Read read => read,
        SummaryReading.Invalid invalid => throw new AssertionException(string.Join("; ", invalid.Faults)),
        var other => throw new AssertionException(other.ToString()),
    };

    private static IEnumerable<(string, string)> Faults(JsonNode json) => ((SummaryReading.Invalid)Read(json)).Faults.Select(fault => (fault.Pointer, fault.Code));
}
