using System.Collections.Frozen;

namespace ChwFhir.Intake.Ccda;

/// <summary>OIDs of code systems and identifier systems that have a URI in FHIR (https://terminology.hl7.org/identifiers.html); any other OID is written <c>urn:oid:</c>.</summary>
internal static class CodeSystems
{
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";

    /// <summary>Nobody has more; each is compared with those before it.</summary>
    private const int Most = 50;
    private const string Uris = "urn:ietf:rfc:3986";

    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["2.16.840.1.113883.6.96"] = Snomed,
        ["2.16.840.1.113883.6.1"] = Loinc,
        ["2.16.840.1.113883.6.88"] = RxNorm,
        ["2.16.840.1.113883.6.90"] = "http://hl7.org/fhir/sid/icd-10-cm",
        ["2.16.840.1.113883.6.3"] = "http://hl7.org/fhir/sid/icd-10",
        ["2.16.840.1.113883.6.4"] = "http://www.cms.gov/Medicare/Coding/ICD10",
        ["2.16.840.1.113883.6.103"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["2.16.840.1.113883.6.104"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["2.16.840.1.113883.6.42"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["2.16.840.1.113883.6.2"] = "http://hl7.org/fhir/sid/icd-9-cm",
        ["2.16.840.1.113883.6.69"] = "http://hl7.org/fhir/sid/ndc",
        ["2.16.840.1.113883.12.292"] = "http://hl7.org/fhir/sid/cvx",
        ["2.16.840.1.113883.6.59"] = "http://hl7.org/fhir/sid/cvx",
        ["2.16.840.1.113883.6.12"] = "http://www.ama-assn.org/go/cpt",
        ["2.16.840.1.113883.6.285"] = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        ["2.16.840.1.113883.6.13"] = "http://www.ada.org/cdt",
        ["2.16.840.1.113883.6.101"] = "http://nucc.org/provider-taxonomy",
        ["2.16.840.1.113883.6.8"] = "http://unitsofmeasure.org",
        ["2.16.840.1.113883.4.9"] = "http://fdasis.nlm.nih.gov",
        ["2.16.840.1.113883.3.26.1.1"] = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
        ["2.16.840.1.113883.5.1"] = "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender",
        ["2.16.840.1.113883.5.4"] = "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        ["2.16.840.1.113883.5.6"] = "http://terminology.hl7.org/CodeSystem/v3-ActClass",
        ["2.16.840.1.113883.5.25"] = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
        ["2.16.840.1.113883.5.110"] = "http://terminology.hl7.org/CodeSystem/v3-RoleClass",
        ["2.16.840.1.113883.5.111"] = "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
        ["2.16.840.1.113883.12.112"] = "http://terminology.hl7.org/CodeSystem/v2-0112",
        ["2.16.840.1.113883.4.6"] = "http://hl7.org/fhir/sid/us-npi",
        ["2.16.840.1.113883.4.1"] = "http://hl7.org/fhir/sid/us-ssn",
        ["2.16.840.1.113883.4.572"] = "http://hl7.org/fhir/sid/us-medicare",
        ["2.16.840.1.113883.4.927"] = "http://hl7.org/fhir/sid/us-mbi",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null for what is no OID, UUID or URI.</summary>
    public static string? Uri(string? root)
    {
        var text = root?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 200)
            return null;
        if (Known.TryGetValue(text, out var uri))
            return uri;
        if (IsOid(text))
            return "urn:oid:" + text;
        if (Guid.TryParseExact(text, "D", out _))
            return "urn:uuid:" + text.ToLowerInvariant();
        return text.Contains("://", StringComparison.Ordinal) && System.Uri.IsWellFormedUriString(text, UriKind.Absolute) ? text : null;
    }

    /// <summary>Some exports give a code system's name and no OID.</summary>
    public static string? Named(string? name) => name?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "SNOMEDCT" or "SNOMED" => Snomed,
        "LOINC" => Loinc,
        "RXNORM" => RxNorm,
        "ICD10CM" => "http://hl7.org/fhir/sid/icd-10-cm",
        "ICD9CM" => "http://hl7.org/fhir/sid/icd-9-cm",
        "NDC" => "http://hl7.org/fhir/sid/ndc",
        _ => null,
    };

    /// <summary>An <c>id</c>: root and extension, or a root that says it all; null when it names nothing.</summary>
    public static PersonIdentifier? Identifier(CdaElement id)
    {
        if (id.IsNull && id.Attribute("extension") is null)
            return null;
        var extension = CleanText.OneLine(id.Attribute("extension"));
        if (id.Root == "2.16.840.1.113883.4.873")
            return FromUri(extension);
        if (Uri(id.Root) is not { } system)
            return null;
        if (extension is not null)
            return new PersonIdentifier(system, extension);
        return Known.ContainsKey(id.Root!.Trim()) ? null : new PersonIdentifier(Uris, system);
    }

    public static IReadOnlyList<PersonIdentifier> Identifiers(CdaElement owner)
    {
        List<PersonIdentifier>? all = null;
        foreach (var id in owner.Children("id"))
        {
            if (Identifier(id) is not { } identifier || all?.Contains(identifier) == true)
                continue;
            (all ??= []).Add(identifier);
            if (all.Count == Most)
                break;
        }
        return all ?? (IReadOnlyList<PersonIdentifier>)[];
    }

    /// <summary>The root for identifiers that are URIs already: its extension is system and value in one.</summary>
    private static PersonIdentifier? FromUri(string? uri)
    {
        var slash = uri?.LastIndexOf('/') ?? -1;
        if (uri is null)
            return null;
        return slash > 8 && slash < uri.Length - 1 ? new PersonIdentifier(uri[..slash], uri[(slash + 1)..]) : new PersonIdentifier(Uris, uri);
    }

    private static bool IsOid(string text)
    {
        if (text[0] is not ('0' or '1' or '2') || !text.Contains('.', StringComparison.Ordinal) || text[^1] == '.')
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) && (text[i] != '.' || text[i - 1] == '.'))
                return false;
        }
        return true;
    }
}
