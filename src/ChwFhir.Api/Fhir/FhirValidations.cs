using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Api.Fhir;

/// <summary><c>$validate</c> (R4): what is wrong with a resource by the specification, by the profiles that it claims and by those that are named. Nothing is kept.</summary>
internal sealed class FhirValidations(Lazy<FhirValidation> validation, FhirInputs inputs)
{
    public const string Operation = "$validate";
    private const string Abstract = "DomainResource";
    private const string OfR4 = "http://hl7.org/fhir/StructureDefinition/";

    /// <param name="type">Null: whatever it is.</param>
    public async Task<IResult> AnswerAsync(string? type, HttpContext context, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        List<string> profiles = [.. context.Request.Query["profile"].OfType<string>()];
        var modes = context.Request.Query["mode"].OfType<string>().ToList();
        if (Parameters(body, out var unread) is { } parameters)
        {
            profiles.AddRange(parameters.Where(one => Name(one) == "profile").Select(one => ElementPath.Text(one["valueUri"]) ?? ElementPath.Text(one["valueCanonical"])).OfType<string>());
            modes.AddRange(parameters.Where(one => Name(one) == "mode").Select(one => ElementPath.Text(one["valueCode"]) ?? ""));
            if (parameters.Where(one => Name(one) == "resource").ToList() is not [var one] || one["resource"] is not JsonObject inside)
                return Problems.Invalid([new NoteFault("/parameter", "required", "One parameter called resource, with the resource inside.")]);
            body = Encoding.UTF8.GetBytes(inside.ToJsonString());
        }
        // The one thing that reading forgives: what could not be stored as text.
        else if (unread is [{ Code: "lone-surrogate" } half])
            return new FhirResult(Outcomes.Of(Outcomes.Issue("fatal", "structure", half.Detail, "json", type ?? "Resource")));
        if (modes.Any(mode => mode is not ("create" or "profile")))
            return Problems.Invalid([new NoteFault("http.mode", "not-supported", "mode is create or profile: nothing is updated or deleted here.")]);
        if (modes.Contains("profile") && profiles.Count == 0)
            return Problems.Invalid([new NoteFault("http.profile", "required", "mode=profile holds the resource against the profile that is named beside it.")]);
        var reading = FhirJson.Read<Resource>(body.Span);
        // R4 itself holds for whatever is looked at; its own definition only says of which type it is.
        var types = profiles.Where(profile => profile.StartsWith(OfR4, StringComparison.Ordinal)).Select(TypeOf).ToList();
        profiles.RemoveAll(profile => profile.StartsWith(OfR4, StringComparison.Ordinal));
        if (profiles.Any(profile => !validation.Value.Knows(profile)) || (reading.Resource is { } looked && types.Any(name => FhirTypes.Find(name) is null && !Holds(name, looked) && name != Abstract)))
            return Problems.Invalid([new NoteFault("http.profile", "not-supported", "A profile that is not known here; those of this service and of US Core 7.0.0 that it builds upon are.")]);
        if (type is not null && reading.Resource is { } read && read.TypeName != type)
            return Problems.Invalid([new NoteFault("/resourceType", "type", $"This address validates the type {type}.")]);

        var outcome = JsonNode.Parse(FhirJson.ToBytes(validation.Value.Validate(reading, [.. profiles]).ToOperationOutcome()))!.AsObject();
        if (reading.Resource is { } whole && outcome["issue"] is JsonArray issues)
        {
            foreach (var other in types.Where(name => !Holds(name, whole)))
                issues.Add(Outcomes.Issue("error", "structure", $"profile: the profile is one of {other}", null, whole.TypeName));
            if (modes.Contains("create") && FhirInputs.Types.Contains(whole.TypeName))
                await AddFaultsAsync(issues, whole.TypeName, body, context, cancellationToken);
            else if (modes.Contains("create"))
                issues.Add(Outcomes.Issue("error", "not-supported", $"The type {whole.TypeName} cannot be created here; of what is handed in {string.Join(" and ", FhirInputs.Types)} are.", "not-created-here", null));
        }
        return new FhirResult(outcome);
    }

    // What a create would refuse is told once.
    private async Task AddFaultsAsync(JsonArray issues, string type, ReadOnlyMemory<byte> body, HttpContext context, CancellationToken cancellationToken)
    {
        var told = issues.OfType<JsonObject>().Where(issue => ElementPath.Text(issue["severity"]) is "error" or "fatal").SelectMany(issue => ElementPath.Values(issue, "expression")).Select(ElementPath.Text).ToHashSet();
        var refused = Outcomes.Of(Problems.Invalid(await inputs.FaultsAsync(context, body, cancellationToken)).ProblemDetails, type);
        foreach (var issue in refused["issue"]!.AsArray().OfType<JsonObject>().Where(issue => !told.Contains(ElementPath.Text(issue["expression"]?[0]))).ToList())
            issues.Add(issue.DeepClone());
        if (issues.Count > 1 && issues.FirstOrDefault(issue => ElementPath.Text(issue?["details"]?["text"]) == ValidationResult.NothingWrong) is { } nothing)
            issues.Remove(nothing);
    }

    private static string TypeOf(string profile) => profile[OfR4.Length..].Split('|', 2) is [var name, "4.0" or "4.0.1"] ? name : profile[OfR4.Length..];

    private static bool Holds(string type, Resource resource) => type == resource.TypeName || type == "Resource" || (type == Abstract && resource is DomainResource);

    // What cannot be read is told by the validator, with its place. Parameters that say nothing of a validation are a resource like any other.
    private static List<JsonObject>? Parameters(ReadOnlyMemory<byte> body, out IReadOnlyList<NoteFault> unread) =>
        FhirBody.Read(body, out unread) is { } item && ElementPath.Text(item["resourceType"]) == "Parameters"
            && ElementPath.Values(item, "parameter").OfType<JsonObject>().ToList() is var parameters && parameters.Any(one => Name(one) is "resource" or "mode" or "profile") ? parameters : null;

    private static string? Name(JsonObject parameter) => ElementPath.Text(parameter["name"]);
}
