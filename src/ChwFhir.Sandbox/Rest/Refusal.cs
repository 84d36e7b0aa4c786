using System.Text.Json.Nodes;

namespace ChwFhir.Sandbox.Rest;

/// <summary>
/// A refusal with its OperationOutcome. It is thrown, because from whatever depth it comes the write around it has to be rolled back.
/// </summary>
internal sealed class Refusal : Exception
{
    private readonly JsonArray issues = [];

    public Refusal(int status, string code, string diagnostics, string? expression = null, string severity = "error") : base(diagnostics)
    {
        Status = status;
        issues.Add(Outcome.Issue(severity, code, diagnostics, expression));
    }

    public Refusal(int status, IEnumerable<JsonObject> issues) : base("Refused.")
    {
        Status = status;
        foreach (var issue in issues)
            this.issues.Add(issue);
    }

    public int Status { get; }
    public string? Allow { get; init; }
    public string? Location { get; init; }
    public string? WwwAuthenticate { get; init; }
    public IEnumerable<JsonObject> Issues => issues.Select(issue => issue!.DeepClone().AsObject());

    public FhirAnswer Answer() => new(Status, Outcome.Of(Issues).Text()) { Allow = Allow, Location = Location, WwwAuthenticate = WwwAuthenticate };

    /// <summary>The same refusal, seen from the Bundle whose entry it is about.</summary>
    public Refusal In(string prefix) => new(Status, Issues.Select(issue =>
    {
        var inside = issue["expression"] is JsonArray { Count: > 0 } expression ? expression[0]!.GetValue<string>() : null;
        var type = inside?.IndexOf('.', StringComparison.Ordinal) is { } dot and >= 0 ? inside[dot..] : "";
        issue["expression"] = new JsonArray($"{prefix}{(inside is null ? "" : ".resource" + type)}");
        return issue;
    }))
    { Allow = Allow, WwwAuthenticate = WwwAuthenticate };
}
