using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Rest;

internal static class Outcome
{
    public static JsonObject Of(params IEnumerable<JsonObject> issues) => new()
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray([.. issues])
    };

    public static JsonObject Issue(string severity, string code, string diagnostics, string? expression = null)
    {
        var issue = new JsonObject { ["severity"] = severity, ["code"] = code, ["diagnostics"] = diagnostics };
        if (expression is not null)
            issue["expression"] = new JsonArray(expression);
        return issue;
    }

    /// <summary>An issue with a code of the numbered list that Epic's servers give.</summary>
    public static JsonObject Numbered(string severity, string code, string number, string display, string? diagnostics = null, string? expression = null)
    {
        var issue = new JsonObject
        {
            ["severity"] = severity,
            ["code"] = code,
            ["details"] = new JsonObject
            {
                ["coding"] = new JsonArray(new JsonObject { ["system"] = NumberSystem, ["code"] = number, ["display"] = display }),
                ["text"] = display
            }
        };
        if (diagnostics is not null)
            issue["diagnostics"] = diagnostics;
        if (expression is not null)
            issue["expression"] = new JsonArray(expression);
        return issue;
    }

    public const string NumberSystem = "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369";
}
