using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Ehr;

/// <summary>Capability statements of the kinds that the service meets.</summary>
internal static class Statements
{
    public static CapabilityStatement Open => Parse("4.0.1", """[{"code":"transaction"},{"code":"batch"}]""",
        Resource("Patient", "read search-type", "versioned-update", true),
        Resource("Encounter", "create read update search-type", "versioned-update", true),
        Resource("CarePlan", "create read update search-type", "versioned-update", true),
        Resource("DocumentReference", "create read update search-type", "versioned-update", true));

    /// <summary>Makes its own encounters, claims more creates than it takes, keeps no versions.</summary>
    public static CapabilityStatement Strict => Parse("4.0.1", "[]",
        Resource("Patient", "create read search-type", null, false),
        Resource("Encounter", "read search-type", null, false),
        Resource("Condition", "create read search-type", null, false),
        Resource("Communication", "create read search-type", null, false),
        Resource("CarePlan", "read search-type", null, false),
        Resource("Observation", "create read update search-type", null, false),
        Resource("DocumentReference", "create read update search-type", null, false));

    public static CapabilityStatement WithoutVersions => Parse("4.0.1", """[{"code":"transaction"}]""",
        Resource("Encounter", "create read update search-type", "no-version", null),
        Resource("CarePlan", "create read update search-type", "no-version", null),
        Resource("DocumentReference", "create read update search-type", "no-version", null));

    /// <summary>Everything can be read, nothing written.</summary>
    public static CapabilityStatement ReadOnly => Parse("4.0.1", "[]", [.. All.Select(type => Resource(type, "read search-type", "versioned", null))]);

    /// <summary>Files documents, on encounters that it takes as well, and nothing else.</summary>
    public static CapabilityStatement DocumentsOnly => Parse("4.0.1", "[]",
        [.. All.Select(type => Resource(type, type is "DocumentReference" or "Encounter" ? "create read search-type" : "read search-type", "no-version", false))]);

    /// <summary>Takes all types, one resource a request: no transaction, no condition, no versions.</summary>
    public static CapabilityStatement SingleCreates => Parse("4.0.1", "[]", [.. All.Select(type => Resource(type, "create read search-type", "no-version", false))]);

    /// <summary>Takes all types in transactions, but finds nothing by an identifier and honours no condition.</summary>
    public static CapabilityStatement NoSearchByIdentifier => Parse("4.0.1", """[{"code":"transaction"}]""",
        [.. All.Select(type => Resource(type, "create read update search-type", "versioned-update", null).Replace(""","searchParam":[{"name":"patient","type":"reference"},{"name":"identifier","type":"token"}]""", ""","searchParam":[{"name":"patient","type":"reference"}]""", StringComparison.Ordinal))]);

    public static CapabilityStatement Release(string version) => Parse(version, "[]", Resource("Encounter", "create", null, null));

    public static CapabilityStatement Of(string file) =>
        FhirJson.Parse<CapabilityStatement>(File.ReadAllBytes(Needs.TestData("capability", file)));

    private static readonly string[] All =
        ["Patient", "RelatedPerson", "Encounter", "Condition", "Goal", "QuestionnaireResponse", "Observation", "ServiceRequest", "Task", "CarePlan", "Communication", "DocumentReference", "Provenance"];

    private static CapabilityStatement Parse(string version, string system, params string[] resources) => FhirJson.Parse<CapabilityStatement>(
        $$"""{"resourceType":"CapabilityStatement","status":"active","date":"2026-01-01","kind":"instance","fhirVersion":"{{version}}","format":["json"],"rest":[{"mode":"client","interaction":[{"code":"transaction"}]},{"mode":"server","interaction":{{system}},"resource":[{{string.Join(',', resources)}}]}]}""");

    private static string Resource(string type, string interactions, string? versioning, bool? conditional)
    {
        var codes = string.Join(',', interactions.Split(' ').Select(code => $$"""{"code":"{{code}}"}"""));
        var policy = versioning is null ? "" : $"\"versioning\":\"{versioning}\",";
        var create = conditional is null ? "" : $"\"conditionalCreate\":{(conditional.Value ? "true" : "false")},";
        return $$"""{"type":"{{type}}",{{policy}}{{create}}"interaction":[{{codes}}],"searchParam":[{"name":"patient","type":"reference"},{"name":"identifier","type":"token"}]}""";
    }
}
