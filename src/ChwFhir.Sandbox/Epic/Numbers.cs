using System.Collections.Frozen;
using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Epic;

/// <summary>The numbered issues: severity, FHIR code and words of each, in the shape that they have on the wire.</summary>
internal static class Numbers
{
    private static readonly FrozenDictionary<string, (string Severity, string Code, string Words)> Known = new Dictionary<string, (string, string, string)>
    {
        ["4100"] = ("fatal", "processing", "The resource request contained an invalid parameter."),
        ["4101"] = ("warning", "processing", "Resource request returns no results."),
        ["4102"] = ("fatal", "processing", "The read resource request contained an invalid ID."),
        ["4103"] = ("fatal", "processing", "The resource requested has been deleted."),
        ["4107"] = ("fatal", "processing", "The read resource request has been merged."),
        ["4110"] = ("fatal", "processing", "No parameters are provided in the search request."),
        ["4111"] = ("fatal", "processing", "Required search parameter missing from request."),
        ["4112"] = ("fatal", "processing", "The resource request contained an invalid combination of parameters."),
        ["4113"] = ("fatal", "processing", "Session ID for cached search results has expired."),
        ["4118"] = ("fatal", "processing", "The authenticated user is not authorized to view the requested data."),
        ["4119"] = ("warning", "processing", "This response includes information available to the authorized user at the time of the request. It may not contain the entire record available in the system."),
        ["4122"] = ("warning", "processing", "An unknown query parameter was supplied by the client."),
        ["4130"] = ("fatal", "processing", "Break-the-Glass security does not authorize you to access the selected patient/resource."),
        ["4131"] = ("fatal", "processing", "The patient you are attempting to access is restricted. You must break the glass to access patient data."),
        ["59012"] = ("fatal", "processing", "A modifier element has a value that is not supported."),
        ["59102"] = ("fatal", "invalid", "Content invalid against the specification or a profile."),
        ["59105"] = ("fatal", "structure", "A structural issue in the content."),
        ["59108"] = ("fatal", "required", "A required element is missing."),
        ["59111"] = ("fatal", "value", "A required element is invalid."),
        ["59144"] = ("fatal", "not-found", "The reference provided was not found."),
        ["59159"] = ("fatal", "business-rule", "The content/operation failed to pass a business rule, and so could not proceed."),
        ["59177"] = ("fatal", "exception", "An unexpected internal error has occurred."),
        ["59188"] = ("fatal", "processing", "Failed to find one vital-signs flowsheet row by given codes."),
        ["59189"] = ("fatal", "duplicate", "Failed to file the reading."),
        ["59203"] = ("fatal", "forbidden", "The authenticated client is not authorized to access the requested resource sub-type."),
        ["59204"] = ("warning", "suppressed", "The authenticated client's search request applies to a sub-resource that the client is not authorized for. Results of this sub-type will not be returned."),
    }.ToFrozenDictionary();

    public static JsonObject Issue(string number, string? diagnostics = null, string? expression = null)
    {
        var (severity, code, words) = Known[number];
        var issue = Outcome.Numbered(severity, code, number, words, diagnostics);
        if (expression is not null)
        {
            issue["location"] = new JsonArray($"/f:{expression}");
            issue["expression"] = new JsonArray(expression);
        }
        return issue;
    }

    public static Refusal Refused(int status, string number, string? diagnostics = null, string? expression = null) => new(status, [Issue(number, diagnostics, expression)]);

    public static Refusal StructureInvalid(string diagnostics, string? expression = null) => Refused(400, "59105", diagnostics, expression);

    public static Refusal RequiredMissing(string diagnostics, string expression) => Refused(400, "59108", diagnostics, expression);

    public static Refusal RequiredInvalid(string diagnostics, string expression) => Refused(400, "59111", diagnostics, expression);

    public static Refusal ReferenceNotFound(string diagnostics, string expression) => Refused(400, "59144", diagnostics, expression);

    public static Refusal BusinessRule(string diagnostics, string expression) => Refused(400, "59159", diagnostics, expression);

    /// <summary>The open server's refusals, which have no numbers, as this server would say them.</summary>
    public static Refusal Of(Refusal refusal, bool reading)
    {
        if (refusal.Issues.All(issue => issue["details"] is not null))
            return refusal;
        var (status, number) = (refusal.Status, reading) switch
        {
            (404, _) => (404, "4102"),
            (410, _) => (410, "4103"),
            (500, _) => (500, "59177"),
            (_, true) => (400, "4100"),
            (422, _) => (400, "59144"),
            _ => (400, "59102")
        };
        return new(status, refusal.Issues.Select(issue => Issue(number, issue["diagnostics"].String(), Element(issue))));
    }

    // Observation.code.coding[0] is code/coding here.
    private static string? Element(JsonObject issue)
    {
        if (issue["expression"].Array().FirstOrDefault().String()?.Split('.', 2) is not [_, var path])
            return null;
        return string.Join('/', path.Split('.').Select(step => step.Split('[')[0]));
    }
}
