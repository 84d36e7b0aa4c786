using System.Text;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Ccda;

internal sealed class When_the_body_is_no_XML
{
    private static SummaryReading.Read Read(string text) => SomeCcda.Read($"""
        <ClinicalDocument xmlns="urn:hl7-org:v3"><id root="2.16.840.1.113883.19" extension="U"/><effectiveTime value="20260410"/>{SomeCcda.Patient}<component><nonXMLBody>{text}</nonXMLBody></component></ClinicalDocument>
        """);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<TestCaseData> Texts()
    {
        yield return new TestCaseData("<text mediaType=\"text/plain\">Diet\n\nNo salt, señora.</text>").SetName("Plain_text");
        yield return new TestCaseData("<text>Diet\n\nNo salt, señora.</text>").SetName("Text_of_no_stated_kind");
        yield return new TestCaseData($"<text mediaType=\"text/plain\" representation=\"B64\">{Base64("Diet\n\nNo salt, señora.")}</text>").SetName("Plain_text_in_base64");
        yield return new TestCaseData($"<text mediaType=\"text/html\" representation=\"B64\">{Base64("<html><body><h2>Diet</h2><p>No salt, se&ntilde;ora.</p><script>no</script></body></html>")}</text>").SetName("HTML_in_base64");
        yield return new TestCaseData($"<text mediaType=\"text/rtf\" representation=\"B64\">{Base64(@"{\rtf1\ansi Diet\par\par No salt, se\'f1ora.\par}")}</text>").SetName("Rich_text_in_base64");
    }

    [TestCaseSource(nameof(Texts))]
    public void A_text_is_read_as_a_printed_page(string text)
    {
        var sections = Read(text).Summary.Sections;

        Assert.That(string.Join('\n', sections.Select(section => $"{section.Title}\n{section.Text}")), Does.Contain("Diet").And.Contain("No salt, señora.").And.Not.Contain("rtf").And.Not.Contain("script"));
    }

    [TestCase("<text mediaType=\"application/pdf\" representation=\"B64\">JVBERi0xLjQK</text>", "application/pdf")]
    [TestCase("<text mediaType=\"text/plain\" representation=\"B64\" compression=\"GZ\">H4sIAAAA</text>", "text/plain")]
    [TestCase("<text mediaType=\"text/plain\" representation=\"B64\">not base64!</text>", "text/plain")]
    [TestCase("<text mediaType=\"application/msword\"><reference value=\"letter.doc\"/></text>", "application/msword")]
    public void What_is_no_text_is_kept_as_the_original_and_told(string text, string kind)
    {
        var read = Read(text);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(read.Issues.Select(issue => (issue.Code, issue.Pointer)), Is.EqualTo(new[] { ("kept-as-original", "/ClinicalDocument/component/nonXMLBody/text") }));
        Assert.That(read.Issues[0].Detail, Does.Contain(kind));
        Assert.That(read.Summary.Sections.Single().Text, Is.EqualTo($"[document: {kind}]"));
        Assert.That(read.Summary.Document.Original.Length, Is.GreaterThan(100));
    }

    [Test]
    public void A_large_attachment_is_passed_over_in_pieces()
    {
        var read = Read($"<text mediaType=\"application/pdf\" representation=\"B64\">{new string('A', 4_000_000)}</text>");

        Assert.That(read.Issues.Select(issue => issue.Code), Is.EqualTo(new[] { "kept-as-original" }));
    }

    [Test]
    public void A_header_without_a_body_is_a_summary_that_says_so()
    {
        var read = SomeCcda.Read($"<ClinicalDocument xmlns=\"urn:hl7-org:v3\">{SomeCcda.Patient}</ClinicalDocument>");

        Assert.That(read.Issues.Select(issue => issue.Code), Is.EqualTo(new[] { "no-body" }));
    }
}
