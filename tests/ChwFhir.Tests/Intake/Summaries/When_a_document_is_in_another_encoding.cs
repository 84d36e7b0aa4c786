using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Summaries;
using ChwFhir.Tests.Intake.Ccda;
using ChwFhir.Tests.Intake.Hl7;
using ChwFhir.Tests.Intake.Screenings;

namespace ChwFhir.Tests.Intake.Summaries;

internal sealed class When_a_document_is_in_another_encoding
{
    private static readonly string TheDocument = SomeCcda.Document(SomeCcda.Section("69730-0", "Señora: \u201cless salt\u201d.")).Replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "", StringComparison.Ordinal).TrimStart();

    static When_a_document_is_in_another_encoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [TestCase("windows-1252", "application/cda+xml")]
    [TestCase("ISO-8859-1", "application/cda+xml")]
    [TestCase("iso-8859-1", "application/cda+xml; charset=utf-8", Description = "what a client adds by itself")]
    [TestCase(null, "text/xml; charset=windows-1252")]
    [TestCase(null, "text/xml; charset=\"ISO-8859-1\"")]
    public void XML_in_a_code_page_is_read_as_it_says_or_its_call(string? declared, string contentType)
    {
        var bytes = Encoding.GetEncoding(1252).GetBytes(Declared(declared) + TheDocument);

        Assert.That(Words(bytes, contentType), Does.Contain("Señora: \u201cless salt\u201d."));
    }

    [TestCase("US-ASCII", "application/cda+xml")]
    [TestCase("ISO-8859-1", "application/cda+xml; charset=utf-8")]
    [TestCase("UTF-8", "text/xml; charset=ISO-8859-1")]
    [TestCase(null, "text/xml; charset=us-ascii")]
    public void What_is_said_to_be_UTF_8_and_is_counts_as_that(string? declared, string contentType) =>
        Assert.That(Words(Encoding.UTF8.GetBytes(Declared(declared) + TheDocument), contentType), Does.Contain("Señora: \u201cless salt\u201d."));

    [TestCase("US-ASCII", "application/cda+xml", "not-text")]
    [TestCase("klingon", "application/cda+xml", "unknown-charset")]
    [TestCase("UTF-16", "application/cda+xml", "encoding")]
    [TestCase(null, "text/xml; charset=klingon", "unknown-charset")]
    [TestCase(null, "text/xml; charset=", "unknown-charset")]
    [TestCase(null, "text/xml; charset=\"utf-8", "unknown-charset")]
    public void What_nobody_can_tell_is_refused_with_its_place(string? declared, string contentType, string code)
    {
        var bytes = Encoding.GetEncoding(1252).GetBytes(Declared(declared) + TheDocument);

        var fault = ((SummaryReading.Unreadable)SummaryReader.Read(new SummaryCall(bytes, contentType), new IntakeOptions())).Fault;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(fault.Code, Is.EqualTo(code));
        Assert.That(fault.Pointer + fault.Detail, Does.Contain("Content-Type").Or.Contain("ine "), "the place");
    }

    [Test]
    public void The_original_keeps_the_charset_that_only_the_call_says()
    {
        var bytes = Encoding.GetEncoding(1252).GetBytes(TheDocument);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Read(bytes, "text/xml; charset=windows-1252").Document.ContentType, Is.EqualTo("text/xml;charset=windows-1252"));
        Assert.That(Read(Encoding.GetEncoding(1252).GetBytes(Declared("windows-1252") + TheDocument), "text/xml").Document.ContentType, Is.EqualTo("text/xml"));
    }

    [Test]
    public void A_mark_before_FHIR_is_passed_over()
    {
        byte[] bundle = [.. Encoding.UTF8.Preamble, .. FhirDocuments.SomeFhir.Bundle()];
        byte[] response = [.. Encoding.UTF8.Preamble, .. Responses.Sample(Responses.Names.First())];

        using var scope = Assert.EnterMultipleScope();
        Assert.That(SummaryReader.Read(new SummaryCall(bundle, "application/fhir+json"), new IntakeOptions()), Is.InstanceOf<SummaryReading.Read>());
        Assert.That(Responses.Read(response), Is.InstanceOf<ScreeningReading.Read>());
    }

    [TestCase("8859/1", "x-application/hl7-v2+er7", 28591)]
    [TestCase("", "x-application/hl7-v2+er7; charset=iso-8859-1", 28591)]
    [TestCase("", "x-application/hl7-v2+er7; charset=utf-8", 65001)]
    [TestCase("8859/1", "x-application/hl7-v2+er7; charset=utf-8", 65001, Description = "put into UTF-8 on its way, MSH-18 left as it was")]
    [TestCase("8859/1", "x-application/hl7-v2+er7; charset=utf-8", 28591, Description = "a charset that a client adds by itself")]
    [TestCase("ASCII", "x-application/hl7-v2+er7", 65001)]
    [TestCase("UNICODE UTF-8", "x-application/hl7-v2+er7", 65001)]
    public void A_message_says_its_own_or_its_call_does(string msh18, string contentType, int page)
    {
        var text = string.Join('\r', Messages.With("MSH", Messages.Header + "||||||" + msh18).Select(line => line.Replace("Ngozi", "José", StringComparison.Ordinal)));

        var reading = SummaryReader.Read(new SummaryCall(Encoding.GetEncoding(page).GetBytes(text), contentType), new IntakeOptions());

        Assert.That((reading as SummaryReading.Read)?.Summary.Subject!.Given, Is.EqualTo("José"), reading.ToString());
    }

    [Test]
    public void A_screening_in_XML_is_read_in_its_encoding()
    {
        const string Response = """<QuestionnaireResponse xmlns="http://hl7.org/fhir"><questionnaire value="http://chwfhir.example/none"/><status value="completed"/><subject><display value="Señora"/></subject></QuestionnaireResponse>""";

        var reading = Responses.Read(Encoding.GetEncoding(1252).GetBytes(Declared("windows-1252") + Response), "application/fhir+xml");
        var broken = Responses.Read(Encoding.GetEncoding(1252).GetBytes(Declared("us-ascii") + Response), "application/fhir+xml");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading, Is.InstanceOf<ScreeningReading.Invalid>(), "read, and no screening");
        Assert.That((broken as ScreeningReading.Unreadable)?.Fault.Code, Is.EqualTo("not-text"));
    }

    private static string Declared(string? encoding) => encoding is null ? "" : $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n";

    private static string Words(byte[] bytes, string contentType) => string.Join('\n', Read(bytes, contentType).Sections.Select(section => section.Text));

    private static AfterVisitSummary Read(byte[] bytes, string contentType)
    {
        var reading = SummaryReader.Read(new SummaryCall(bytes, contentType), new IntakeOptions());
        Assert.That(reading, Is.InstanceOf<SummaryReading.Read>(), reading.ToString());
        return ((SummaryReading.Read)reading).Summary;
    }
}
