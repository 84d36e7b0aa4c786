using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>What the header says, part by part as they stream by, in any order.</summary>
internal sealed class Header(Times times)
{
    private const int MostPeople = 200;

    private readonly List<DocumentAuthor> authors = [];
    private readonly List<SummaryPerson> caregivers = [];

    public SummaryDocument Document { get; private set; } = new() { ContentType = "application/cda+xml", Original = default };
    public DocumentPatient? Patient { get; private set; }
    public SummaryEncounter? Encounter { get; private set; }
    public IReadOnlyList<SummaryPerson> Caregivers => caregivers;
    public List<NoteFault> Faults { get; } = [];

    /// <summary>Who wrote it; where that is a device or nobody, who signed it.</summary>
    public IReadOnlyList<DocumentAuthor> Authors => authors.Count > 0 || signer is null ? authors : [signer];

    private DocumentAuthor? signer;
    private int patients;

    public void Take(CdaElement part)
    {
        switch (part.Name)
        {
            case "id":
                Document = Document with { Identifier = CodeSystems.Identifier(part) ?? Document.Identifier };
                break;
            case "setId":
                Document = Document with { SetIdentifier = CodeSystems.Identifier(part) };
                break;
            case "versionNumber":
                Document = Document with { Version = CleanText.OneLine(part.Value) };
                break;
            case "code":
                Document = Document with { Type = Codes.Prefer(part, CodeSystems.Loinc) };
                break;
            case "title":
                Document = Document with { Title = part.Words };
                break;
            case "effectiveTime":
                times.ReadDocument(part.Value ?? part["low"].Value);
                Document = Document with { Created = times.Document };
                break;
            case "confidentialityCode":
                Document = Document with { Confidentiality = part.Code is "N" or "R" or "V" ? part.Code : null };
                break;
            case "languageCode":
                Document = Document with { Language = Language(part.Code) };
                break;
            case "recordTarget":
                RecordTarget(part["patientRole"]);
                break;
            case "author":
                Author(part["assignedAuthor"]);
                break;
            case "custodian":
                Custodian(part["assignedCustodian"]["representedCustodianOrganization"]);
                break;
            case "legalAuthenticator":
                LegalAuthenticator(part);
                break;
            case "participant":
                Caregiver(part["associatedEntity"]);
                break;
            case "relatedDocument":
                RelatedDocument(part);
                break;
            case "componentOf":
                Encounter = EncounterReading.Encompassing(part["encompassingEncounter"], times) ?? Encounter;
                break;
        }
    }

    public void CheckWhole()
    {
        if (patients == 0)
            Faults.Add(new NoteFault("/ClinicalDocument/recordTarget", "required", "the document does not say whose it is: no recordTarget with a patientRole"));
    }

    private void RecordTarget(CdaElement role)
    {
        if (!role.Exists)
            return;
        var pointer = patients++ == 0 ? "/ClinicalDocument/recordTarget/patientRole" : $"/ClinicalDocument/recordTarget[{patients}]/patientRole";
        var person = role["patient"];
        var (family, given) = People.Parts(person);
        var patient = new DocumentPatient { Identifiers = CodeSystems.Identifiers(role), Family = family, Given = given, BirthDate = times.Day(person["birthTime"]) };
        if (Patient is not null)
        {
            if (!IsSame(Patient, patient))
                Faults.Add(new NoteFault(pointer, "several-patients", "the document is about more than one patient: it cannot stand in one chart"));
            return;
        }
        Patient = patient;
        if (patient.Identifiers.Count == 0 && patient.Family is null)
            Faults.Add(new NoteFault(pointer, "required", "the patient has neither an identifier nor a name"));
        foreach (var guardian in person.Children("guardian"))
        {
            var name = People.Name(guardian["guardianPerson"]) ?? People.Name(guardian["guardianOrganization"]);
            Add(new SummaryPerson(name, Relationships.Of(guardian["code"], "GUARD"), People.Phone(guardian)));
        }
    }

    private static bool IsSame(DocumentPatient one, DocumentPatient other) =>
        one.Identifiers.Any(other.Identifiers.Contains) || (one.Family is not null && one.Family == other.Family && one.Given == other.Given && one.BirthDate == other.BirthDate);

    private void Author(CdaElement assigned)
    {
        if (assigned["assignedAuthoringDevice"].Exists && People.Name(assigned["assignedPerson"]) is null)
            return;
        if (Clinician(assigned) is { } author && authors.Count < MostPeople && !authors.Any(known => known.Name == author.Name && known.Identifiers.SequenceEqual(author.Identifiers)))
            authors.Add(author);
    }

    private static DocumentAuthor? Clinician(CdaElement assigned)
    {
        if (People.Name(assigned["assignedPerson"]) is not { } name)
            return null;
        var organization = People.Name(assigned["representedOrganization"]);
        return new DocumentAuthor { Identifiers = CodeSystems.Identifiers(assigned), Name = name, Organization = organization, Phone = People.Phone(assigned) };
    }

    private void Custodian(CdaElement organization)
    {
        if (organization.Exists)
            Document = Document with { Custodian = People.Name(organization), CustodianIdentifiers = CodeSystems.Identifiers(organization) };
    }

    private void LegalAuthenticator(CdaElement part)
    {
        if (part.IsNull)
            return;
        signer = Clinician(part["assignedEntity"]);
        var signature = part["signatureCode"].Code;
        if (signature is "S" || (signature is null && signer is not null))
            Document = Document with { IsFinal = true };
        else if (signature is "I" or "X")
            Document = Document with { IsFinal = false };
    }

    /// <summary>People of the patient's life; payers and policy holders are none.</summary>
    private void Caregiver(CdaElement entity)
    {
        var role = entity.Attribute("classCode");
        if (role is not ("CAREGIVER" or "NOK" or "PRS" or "ECON" or "AGNT" or "GUARD" or "CON"))
            return;
        Add(new SummaryPerson(People.Name(entity["associatedPerson"]), Relationships.Of(entity["code"], role), People.Phone(entity)));
    }

    private void Add(SummaryPerson person)
    {
        if ((person.Name is not null || person.Phone is not null) && caregivers.Count < MostPeople && !caregivers.Contains(person))
            caregivers.Add(person);
    }

    /// <summary>What is replaced is what the reader of the chart must know first.</summary>
    private void RelatedDocument(CdaElement part)
    {
        DocumentRelation? relation = part.Attribute("typeCode") switch
        {
            "RPLC" => DocumentRelation.Replaces,
            "APND" => DocumentRelation.Appends,
            "XFRM" => DocumentRelation.Transforms,
            _ => null,
        };
        if (relation is null || Document.Relation == DocumentRelation.Replaces || CodeSystems.Identifier(part["parentDocument"]["id"]) is not { } earlier)
            return;
        Document = Document with { Earlier = earlier, Relation = relation };
    }

    private static string? Language(string? code)
    {
        var tag = code?.Trim().Replace('_', '-');
        return tag is { Length: >= 2 and <= 35 } && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && char.IsAsciiLetter(tag[0]) && tag[^1] != '-' ? tag : null;
    }
}
