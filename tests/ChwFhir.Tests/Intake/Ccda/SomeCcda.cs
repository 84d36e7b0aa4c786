using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Ccda;

/// <summary>Small documents of our own, and what becomes of them.</summary>
internal static class SomeCcda
{
    public const string Patient = """
        <recordTarget><patientRole><id root="2.16.840.1.113883.19.5" extension="MRN-1"/><patient><name><given>Adela</given><given>M</given><family>Reyes</family></name><birthTime value="19520312"/></patient></patientRole></recordTarget>
        """;

    public static string Document(string sections, string header = Patient, string root = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        {root}
          <id root="2.16.840.1.113883.19.5.99999.1" extension="S-1"/>
          <code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/>
          <title>After visit</title>
          <effectiveTime value="20260410153000-0500"/>
          {header}
          <component><structuredBody>{sections}</structuredBody></component>
        </ClinicalDocument>
        """;

    public static string Section(string loinc, string text, string entries = "", string title = "A title") =>
        $"<component><section><code code=\"{loinc}\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>{title}</title><text>{text}</text>{entries}</section></component>";

    public static SummaryReading Reading(string document, string contentType = "application/cda+xml") => Reading(Encoding.UTF8.GetBytes(document), contentType);

    public static SummaryReading Reading(byte[] document, string contentType = "application/cda+xml") => CcdaReader.Read(new SummaryCall(document, contentType), new IntakeOptions());

    public static SummaryReading.Read Read(string document)
    {
        var reading = Reading(document);
        Assert.That(reading, Is.InstanceOf<SummaryReading.Read>(), () => reading.ToString()!);
        return (SummaryReading.Read)reading;
    }

    /// <summary>The summary of a document of one section.</summary>
    public static AfterVisitSummary Of(string section) => Read(Document(section)).Summary;
}
