using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Mvc;

namespace ChwFhir.Api.Fhir;

/// <summary>What a problem says, as FHIR says it: an OperationOutcome. The status stays.</summary>
internal static class Outcomes
{
    public static bool IsFor(HttpRequest request) => request.Path.StartsWithSegments(FhirRoutes.Base);

    /// <summary>What FHIR has and this door has no route for: told as not done here, rather than as not found (R4, 3.1.0.1.4).</summary>
    public static bool IsNotDoneHere(HttpRequest request) =>
        IsFor(request) && request.Path.Value![FhirRoutes.Base.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries) is var parts
        && (parts.Length == 0 || parts[0][0] is '_' or '$' || (parts.Length > 1 && FhirTypes.Find(parts[0]) is not null) || (parts.Length > 2 && parts[0] == "Patient"));

    /// <param name="type">What was handed in: a pointer of a fault becomes a path of it.</param>
    public static JsonObject Of(ProblemDetails problem, string? type)
    {
        var word = problem.Extensions.TryGetValue("code", out var code) ? code as string : null;
        if (problem.Extensions.TryGetValue("errors", out var errors) && errors is IEnumerable<NoteFault> faults)
            return Of([.. faults.Select(fault => Issue("error", IssueType(fault.Code), fault.Detail, fault.Code, Expression(fault.Pointer, type)))]);
        return Of(Issue("error", IssueType(problem.Status, word), problem.Detail, word, null));
    }

    public static JsonObject Of(params IReadOnlyList<JsonObject> issues) => new() { ["resourceType"] = "OperationOutcome", ["issue"] = new JsonArray([.. issues]) };

    /// <param name="code">Ours, for programs.</param>
    /// <param name="expression">A FHIRPath; <c>http.…</c> for a parameter or header.</param>
    public static JsonObject Issue(string severity, string type, string? text, string? code, string? expression)
    {
        var issue = new JsonObject { ["severity"] = severity, ["code"] = type };
        if (text is { Length: > 0 })
            issue["details"] = new JsonObject { ["text"] = text };
        if (code is not null)
            issue["diagnostics"] = code;
        if (expression is not null)
            issue["expression"] = new JsonArray(expression);
        return issue;
    }

    /// <summary><c>/item/0/answer/1/valueCoding</c> is <c>QuestionnaireResponse.item[0].answer[1].value</c>.</summary>
    internal static string? Expression(string? pointer, string? type)
    {
        if (pointer is null or "")
            return type;
        if (!pointer.StartsWith('/'))
            return pointer;
        var path = new StringBuilder(type ?? "Resource");
        foreach (var part in pointer[1..].Split('/'))
            path.Append(part.All(char.IsAsciiDigit) ? $"[{part}]" : part.Length > 5 && part.StartsWith("value", StringComparison.Ordinal) && char.IsAsciiLetterUpper(part[5]) ? ".value" : $".{part}");
        return path.ToString();
    }

    private static string IssueType(string? fault) => fault switch
    {
        "required" => "required",
        "type" or "wrong-type" or "not-json" or "not-utf8" or "empty-body" or "too-deep" or "lone-surrogate" or "unknown-member" or "duplicate-member" => "structure",
        "not-allowed" => "code-invalid",
        "not-supported" => "not-supported",
        "too-costly" => "too-costly",
        "too-large" => "too-long",
        _ => "invalid",
    };

    private static string IssueType(int? status, string? code) => status switch
    {
        StatusCodes.Status401Unauthorized => "login",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound when code == "not-yet" => "incomplete",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status501NotImplemented or StatusCodes.Status405MethodNotAllowed or StatusCodes.Status406NotAcceptable or StatusCodes.Status415UnsupportedMediaType => "not-supported",
        StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed => "conflict",
        StatusCodes.Status410Gone => "deleted",
        StatusCodes.Status413PayloadTooLarge => "too-long",
        StatusCodes.Status429TooManyRequests => "throttled",
        StatusCodes.Status503ServiceUnavailable => "transient",
        StatusCodes.Status500InternalServerError => "exception",
        _ => "invalid",
    };
}
