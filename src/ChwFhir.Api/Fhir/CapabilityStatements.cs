using System.Reflection;
using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>What this door does, read from its routes: what has no route is not said, and what has one is.</summary>
internal sealed class CapabilityStatements(EndpointDataSource routes, FhirBase address)
{
    // The day on which what is said here last changed.
    private const string Date = "2026-11-22";
    private const string Validate = FhirValidations.Operation;

    public JsonObject Of(HttpRequest request)
    {
        var interactions = routes.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<FhirInteraction>()).OfType<FhirInteraction>().Distinct().ToList();
        var rest = new JsonObject
        {
            ["mode"] = "server",
            ["documentation"] = "A search is in the record of one patient, whom the caller may see: by patient, or by what leads to one (_id, an identifier of this service). What a note holds back is counted, never shown. Besides the parameters of each type: _sort by any of them, _count (at most 200), _include and _revinclude (also :iterate), _summary, _elements, _total, _format=json; POST [type]/_search; HEAD where there is GET. Not here: chained and reverse chained parameters, _text, _content, _filter, history, batch and transaction.",
            ["security"] = new JsonObject
            {
                ["service"] = new JsonArray(Concept("http://terminology.hl7.org/CodeSystem/restful-security-service", "OAuth")),
                ["description"] = "Bearer tokens of the site's issuer; the same roles and panels as the REST interface.",
            },
            ["resource"] = new JsonArray([.. FhirTypes.All.Where(type => interactions.Any(one => one.Type == type.Name)).Select(type => Resource(type, [.. interactions.Where(one => one.Type == type.Name).Select(one => one.Code)]))]),
        };
        if (interactions.Any(one => one is { Type: null, Code: Validate }))
            rest["operation"] = new JsonArray(Operation());
        var version = typeof(CapabilityStatements).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return new JsonObject
        {
            ["resourceType"] = "CapabilityStatement",
            ["status"] = "active",
            ["date"] = Date,
            ["kind"] = "instance",
            ["software"] = new JsonObject { ["name"] = "ChwFhir", ["version"] = version },
            ["implementation"] = new JsonObject { ["description"] = "What community health workers' notes became, as this service holds it", ["url"] = address.Of(request) },
            ["fhirVersion"] = "4.0.1",
            ["format"] = new JsonArray("json"),
            ["rest"] = new JsonArray(rest),
        };
    }

    private static JsonObject Resource(FhirType type, IReadOnlyList<string> codes)
    {
        var resource = new JsonObject
        {
            ["type"] = type.Name,
            ["supportedProfile"] = new JsonArray([.. type.Profiles.Select(profile => (JsonNode)profile)]),
            ["interaction"] = new JsonArray([.. codes.Where(code => code[0] != '$').Order(StringComparer.Ordinal).Select(code => new JsonObject { ["code"] = code })]),
            ["versioning"] = "versioned",
            ["readHistory"] = false,
        };
        if (codes.Contains("create"))
            resource["conditionalCreate"] = true;
        resource["conditionalRead"] = "not-match";
        var references = type.Parameters.Where(one => one.Kind == ParameterKind.Reference).Select(one => $"{type.Name}:{one.Name}").ToList();
        if (references.Count > 0)
            resource["searchInclude"] = new JsonArray([.. references.Select(one => (JsonNode)one)]);
        // What a note became, its Provenance is about.
        if (type.Name != "Provenance")
            resource["searchRevInclude"] = new JsonArray("Provenance:target");
        resource["searchParam"] = new JsonArray([
            .. type.Patient.Select(name => Parameter(name, "reference")),
            .. type.Parameters.Select(one => Parameter(one.Name, one.Kind switch { ParameterKind.Date => "date", ParameterKind.Reference => "reference", _ => "token" })),
        ]);
        if (codes.Contains(Validate))
            resource["operation"] = new JsonArray(Operation());
        return resource;
    }

    private static JsonObject Parameter(string name, string type) => new() { ["name"] = name, ["type"] = type };

    private static JsonObject Operation() => new() { ["name"] = "validate", ["definition"] = "http://hl7.org/fhir/OperationDefinition/Resource-validate" };

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };
}
