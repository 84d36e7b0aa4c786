using System.Collections.Frozen;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Hl7;

/// <summary>What an MDM message says about its document: whose, by whom, of which visit (MSH, PID, NK1, PV1, TXA).</summary>
internal sealed class MdmHead
{
    private const string DocumentTypes = "http://terminology.hl7.org/CodeSystem/v2-0270";
    private const string PatientClasses = "http://terminology.hl7.org/CodeSystem/v2-0004";

    private static readonly FrozenSet<string> Read = FrozenSet.Create(StringComparer.Ordinal, "MSH", "EVN", "PID", "PV1", "TXA", "OBX", "NTE", "NK1");

    private static readonly FrozenDictionary<string, string> TypeNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AR"] = "Autopsy report", ["CD"] = "Cardiodiagnostics", ["CN"] = "Consultation", ["DI"] = "Diagnostic imaging", ["DS"] = "Discharge summary", ["ED"] = "Emergency department report",
        ["HP"] = "History and physical examination", ["OP"] = "Operative report", ["PC"] = "Psychiatric consultation", ["PH"] = "Psychiatric history and physical examination",
        ["PN"] = "Procedure note", ["PR"] = "Progress note", ["SP"] = "Surgical pathology", ["TS"] = "Transfer summary",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string? _facility;
    private readonly string? _offset;

    public MdmHead(Hl7Message message, DocumentRelation? relation, List<NoteFault> faults)
    {
        _facility = message.Header.Value(4) is var facility ? facility.Text(2) ?? facility.Text(1) : null;
        _offset = Hl7Times.OffsetOf(message.Header.Text(7));
        if (message.Header.Text(10) is null)
            faults.Add(new NoteFault("MSH-10", "required", "MSH-10 names the message, so that the answer can name it too."));
        Patient = PatientOf(message.First("PID"));
        Caregivers = [.. message.All("NK1").Select(Caregiver).OfType<SummaryPerson>()];
        var visit = message.First("PV1");
        Encounter = visit is null ? null : Visit(visit);
        if (message.First("TXA") is { } txa)
        {
            Authors = AuthorsOf(txa, visit);
            Document = DocumentOf(txa, message, relation, faults);
        }
        else
            faults.Add(new NoteFault("TXA", "required", "TXA says what the document is."));

        var others = message.Segments.Select(segment => segment.Name).Where(name => !Read.Contains(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            Issues.Add(new NoteIssue("information", "kept-in-text", others[0], $"What the segments {string.Join(", ", others)} say is in the original message only."));
        if (message.Header.Text(11) is "T" or "D")
            Issues.Add(new NoteIssue("warning", "not-production", "MSH-11", "The sender says that this message is for training or for finding errors."));
    }

    public DocumentPatient? Patient { get; }
    public IReadOnlyList<DocumentAuthor> Authors { get; } = [];
    public IReadOnlyList<SummaryPerson> Caregivers { get; }
    public SummaryEncounter? Encounter { get; }
    public SummaryDocument Document { get; } = new() { ContentType = "", Original = default };
    public List<NoteIssue> Issues { get; } = [];

    private DocumentPatient? PatientOf(Hl7Segment? pid)
    {
        if (pid is null)
            return null;

        var identifiers = pid.Values(3).Select(value => Hl7Identifiers.OfCx(value, _facility)).OfType<PersonIdentifier>().Distinct().ToList();
        if (identifiers.Count == 0 && Hl7Identifiers.OfCx(pid.Value(2), _facility) is { } external)
            identifiers.Add(external);
        var name = pid.Value(5);
        return identifiers.Count == 0 && name.Text(1) is null ? null : new DocumentPatient
        {
            Identifiers = identifiers,
            Family = name.Text(1),
            Given = name.Text(2),
            BirthDate = Hl7Times.Date(pid.Text(7)),
        };
    }

    private static SummaryPerson? Caregiver(Hl7Segment nk1)
    {
        var name = nk1.Value(2);
        var whole = string.Join(' ', new[] { name.Text(2), name.Text(1) }.Where(part => part is not null));
        var relation = nk1.Value(3).Text(2) ?? nk1.Value(3).Text(1);
        var phone = Phone(nk1.Value(5));
        return whole.Length == 0 && relation is null && phone is null ? null : new SummaryPerson(whole.Length > 0 ? whole : null, relation, phone);
    }

    private static string? Phone(Hl7Value value) =>
        value.Text(1) ?? value.Text(12) ?? (value.Text(7) is { } number ? value.Text(6) is { } area ? $"{area}-{number}" : number : null);

    private SummaryEncounter Visit(Hl7Segment pv1)
    {
        var patientClass = pv1.Text(2);
        var number = Hl7Identifiers.OfCx(pv1.Value(19), _facility);
        var place = pv1.Value(3);
        return new SummaryEncounter
        {
            Identifiers = number is null ? [] : [number],
            Start = Hl7Times.Fhir(pv1.Text(44), _offset),
            End = Hl7Times.Fhir(pv1.Text(45), _offset),
            Codes = patientClass is null ? [] : [new DocumentCode(PatientClasses, patientClass, null)],
            Location = string.Join(' ', new[] { place.Text(9), place.Text(4), place.Text(1), place.Text(2), place.Text(3) }.Where(part => part is not null)) is { Length: > 0 } where ? where : null,
            Provider = Hl7Identifiers.Author(pv1.Value(7), _facility)?.Name,
        };
    }

    private List<DocumentAuthor> AuthorsOf(Hl7Segment txa, Hl7Segment? visit)
    {
        foreach (var source in (IEnumerable<IEnumerable<Hl7Value>>)[txa.Values(9), txa.Values(5), visit?.Values(7) ?? []])
        {
            var authors = source.Select(value => Hl7Identifiers.Author(value, _facility)).OfType<DocumentAuthor>().ToList();
            if (authors.Count > 0)
                return authors;
        }

        return [];
    }

    private SummaryDocument DocumentOf(Hl7Segment txa, Hl7Message message, DocumentRelation? relation, List<NoteFault> faults)
    {
        var identifier = Hl7Identifiers.OfEi(txa.Value(12), _facility);
        if (identifier is null)
            faults.Add(new NoteFault("TXA-12", "required", "TXA-12 is the document's own number."));
        var parent = Hl7Identifiers.OfEi(txa.Value(13), _facility);
        if (relation is not null && parent is null)
            faults.Add(new NoteFault("TXA-13", "required", "An addendum or a replacement names the document that it adds to or replaces."));
        if (relation is null && parent is not null)
            Issues.Add(new NoteIssue("information", "kept-in-text", "TXA-13", "An original document names an earlier one; what the one is to the other is not said."));
        if (txa.Text(19) is "CA" or "OB")
            faults.Add(new NoteFault("TXA-19", "not-available", "The sender says that the document is deleted or obsolete."));

        var type = txa.Value(2);
        var code = type.Text(1);
        return new SummaryDocument
        {
            Identifier = identifier,
            Title = txa.Text(25) ?? txa.Text(16),
            Type = code is null ? null : type.Text(3) is "LN" ? new DocumentCode("http://loinc.org", code, type.Text(2)) : new DocumentCode(TypeNames.ContainsKey(code) ? DocumentTypes : null, code, type.Text(2) ?? TypeNames.GetValueOrDefault(code)),
            Created = Hl7Times.Fhir(txa.Text(6), _offset) ?? Hl7Times.Fhir(txa.Text(7), _offset) ?? Hl7Times.Fhir(txa.Text(4), _offset) ?? Hl7Times.Fhir(message.Header.Text(7), _offset),
            IsFinal = txa.Text(17) is { } status ? status is "AU" or "LA" : null,
            Confidentiality = txa.Text(18) switch { "R" or "RE" => "R", "V" or "VR" => "V", "U" or "UC" or "N" => "N", _ => null },
            Earlier = relation is null ? null : parent,
            Relation = relation,
            ContentType = "",
            Original = default,
        };
    }
}
