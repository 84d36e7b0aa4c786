using System.Xml;
using ChwFhir.Intake.Ccda.Entries;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>One document while it is read: header parts, then the body, then all of it put together.</summary>
internal sealed class ClinicalDocument : IDisposable
{
    private const string Hl7 = "urn:hl7-org:v3";

    private readonly SummaryCall call;
    private readonly IntakeOptions options;
    private readonly CdaXml xml;
    private readonly CdaTree tree = new();
    private readonly Times times = new();
    private readonly Facts facts = new();
    private readonly Issues issues = new();
    private readonly Narrative narrative;
    private readonly Header header;
    private readonly Body body;
    private AfterVisitSummary? unstructured;
    private bool hasBody;

    /// <param name="encoding">Null: as the document says it.</param>
    public ClinicalDocument(SummaryCall call, IntakeOptions options, System.Text.Encoding? encoding)
    {
        this.call = call;
        this.options = options;
        xml = new CdaXml(call.Body, encoding);
        narrative = new Narrative(xml);
        header = new Header(times);
        body = new Body(new Tools(xml, tree, narrative, times, facts, issues));
    }

    /// <summary>Where the reading stands.</summary>
    public (int Line, int Position) Place => (xml.Line, xml.Position);

    /// <summary>Whether an element was seen.</summary>
    public bool IsBegun { get; private set; }

    public SummaryReading Read()
    {
        while (xml.Read() && xml.NodeType != XmlNodeType.Element) { }
        IsBegun = true;
        if (xml.Name != "ClinicalDocument" || xml.Namespace != Hl7)
            return NoDocument();
        var components = 0;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.Name == "component")
                Component(++components);
            else
                header.Take(tree.Load(xml));
        }
        while (xml.Read()) { }
        header.CheckWhole();
        var headers = SummaryHeaders.Read(call, header.Faults);
        if (header.Faults.Count > 0)
            return new SummaryReading.Invalid(header.Faults);
        return new SummaryReading.Read(Summary(headers, out var hash), issues.All(), hash);
    }

    /// <summary>Told at once, whatever follows: examples of sections and entries are often no whole XML.</summary>
    private SummaryReading NoDocument()
    {
        var name = IsPlain(xml.Name) ? xml.Name : "*";
        var isOtherNamespace = xml.Name == "ClinicalDocument";
        return new SummaryReading.Invalid([isOtherNamespace
            ? new NoteFault("/ClinicalDocument", "wrong-namespace", $"A clinical document is in the namespace {Hl7}.")
            : new NoteFault("/" + name, "not-a-clinical-document", "The root of a C-CDA document is ClinicalDocument; this is another document, or a part of one.")]);
    }

    private void Component(int number)
    {
        var pointer = number == 1 ? "/ClinicalDocument/component" : $"/ClinicalDocument/component[{number}]";
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            hasBody = true;
            if (xml.Name == "structuredBody")
                body.ReadStructured(pointer + "/structuredBody");
            else if (xml.Name == "nonXMLBody")
                unstructured = new Unstructured(xml, call, options, issues).Read(pointer + "/nonXMLBody") ?? unstructured;
            else
                xml.Skip();
        }
    }

    private AfterVisitSummary Summary(SummaryHeaders headers, out string hash)
    {
        hash = CcdaReader.Hash(call.Body);
        facts.LookUp(issues);
        if (!hasBody || (body.Sections.Count == 0 && unstructured is null))
            issues.Note("no-body", "/ClinicalDocument/component", "The document has a header and no section.");
        var encounter = Visit.Of(header.Encounter, facts, times, issues, body.Reason);
        facts.TellMore(issues);
        return new AfterVisitSummary
        {
            Id = headers.Id ?? DocumentId.Of(header.Document.Identifier) ?? headers.IdOfContent(hash),
            Patient = headers.Patient,
            Subject = header.Patient,
            Authors = header.Authors,
            Document = header.Document with { Original = call.Body, ContentType = MediaType(call) },
            Encounter = headers.Encounter is null ? encounter : (encounter ?? new SummaryEncounter()) with { Reference = headers.Encounter },
            Caregivers = header.Caregivers,
            Diagnoses = [.. facts.Diagnoses, .. unstructured?.Diagnoses ?? []],
            Medications = [.. facts.Medications, .. unstructured?.Medications ?? []],
            Instructions = [.. facts.Instructions, .. unstructured?.Instructions ?? []],
            WarningSigns = unstructured?.WarningSigns ?? [],
            FollowUps = [.. facts.FollowUps, .. unstructured?.FollowUps ?? []],
            PendingTests = [.. facts.PendingTests, .. unstructured?.PendingTests ?? []],
            Goals = [.. facts.Goals, .. unstructured?.Goals ?? []],
            Concerns = [.. facts.Concerns, .. unstructured?.Concerns ?? []],
            Sections = [.. unstructured?.Sections ?? [], .. body.Sections],
        };
    }

    private static string MediaType(SummaryCall call)
    {
        var type = SummaryReader.MediaTypeOf(call.ContentType).ToLowerInvariant();
        return (type.Length == 0 ? "application/cda+xml" : type) + (XmlEncoding.Beside(call.Body.Span, call.ContentType) is { } charset ? $";charset={charset}" : "");
    }

    private static bool IsPlain(string name) => name.Length <= 60 && name.All(char.IsAsciiLetterOrDigit);

    public void Dispose()
    {
        narrative.Dispose();
        xml.Dispose();
    }
}
