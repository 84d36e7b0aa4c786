using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Api.Host;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Api.Fhir;

/// <summary><c>$validate</c> (R4): what is wrong with a resource by the specification, by the profiles that it claims and by those that are named. Nothing is kept.</summary>
internal sealed class FhirValidations(Lazy<FhirValidation> validation)
{
    public const string Operation = "$validate";

    /// <param name="type">Null: whatever it is.</param>
    public async Task<IResult> AnswerAsync(string? type, HttpContext context, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync(context.Request, Listening.LargestBody, cancellationToken);
        List<string> profiles = [.. context.Request.Query["profile"].OfType<string>()];
        var modes = context.Request.Query["mode"].OfType<string>().ToList();
        if (Parameters(body) is { } parameters)
        {
            profiles.AddRange(parameters.Where(one => ElementPath.Text(one["name"]) == "profile").Select(one => ElementPath.Text(one["valueUri"]) ?? ElementPath.Text(one["valueCanonical"])).OfType<string>());
            modes.AddRange(parameters.Where(one => ElementPath.Text(one["name"]) == "mode").Select(one => ElementPath.Text(one["valueCode"]) ?? ""));
            if (parameters.First(one => ElementPath.Text(one["name"]) == "resource")["resource"] is not JsonObject inside)
                return Problems.Invalid([new NoteFault("/parameter", "required", "The parameter called resource has the resource inside.")]);
            body = Encoding.UTF8.GetBytes(inside.ToJsonString());
        }
        if (modes.Any(mode => mode is not ("create" or "profile")))
            return Problems.Invalid([new NoteFault("http.mode", "not-supported", "mode is create or profile: nothing is updated or deleted here.")]);
        if (modes.Contains("profile") && profiles.Count == 0)
            return Problems.Invalid([new NoteFault("http.profile", "required", "mode=profile holds the resource against the profile that is named beside it.")]);
        if (profiles.Any(profile => !validation.Value.Known.Contains(profile)))
            return Problems.Invalid([new NoteFault("http.profile", "not-supported", "A profile that is not known here; those of this service and of US Core 7.0.0 that it builds upon are.")]);

        var reading = FhirJson.Read<Resource>(body.Span);
        if (type is not null && reading.Resource is { } read && read.TypeName != type)
            return Problems.Invalid([new NoteFault("/resourceType", "type", $"A {type} is validated here.")]);
        var outcome = JsonNode.Parse(FhirJson.ToBytes(validation.Value.Validate(reading, [.. profiles]).ToOperationOutcome()))!.AsObject();
        if (modes.Contains("create") && reading.Resource is { } whole && !FhirInputs.Types.Contains(whole.TypeName) && outcome["issue"] is JsonArray issues)
            issues.Add(Outcomes.Issue("error", "not-supported", $"A {whole.TypeName} cannot be created here; of what is handed in {string.Join(" and ", FhirInputs.Types)} are.", "not-created-here", null));
        return new FhirResult(outcome);
    }

    private static List<JsonObject>? Parameters(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) is JsonObject item && ElementPath.Text(item["resourceType"]) == "Parameters"
                && ElementPath.Values(item, "parameter").OfType<JsonObject>().ToList() is var parameters && parameters.Any(one => ElementPath.Text(one["name"]) == "resource") ? parameters : null;
        }
        catch (Exception unread) when (unread is System.Text.Json.JsonException or ArgumentException)
        {
            // What cannot be read is told by the validator, with its place.
            return null;
        }
    }
}
