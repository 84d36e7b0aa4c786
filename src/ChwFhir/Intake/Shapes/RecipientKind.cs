using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>Whom a message or a hold is for: a word of the contract, or a FHIR reference.</summary>
internal sealed class RecipientKind : Kind<string>
{
    public static readonly RecipientKind One = new();

    public override string? Read(JsonElement value, Trail trail)
    {
        if (TextKind.Plain(value, trail) is not { } text)
            return null;
        if (NoteRecipients.Words.Contains(text) || FhirReference.TryParse(text, out _))
            return text;

        if (text.Contains('/', StringComparison.Ordinal))
            trail.Fault("bad-reference", "must be a FHIR reference such as Practitioner/123 or its absolute URL");
        else
            trail.Fault("not-in-list", $"must be one of {string.Join(", ", NoteRecipients.Words)}, or a FHIR reference");
        return null;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "string",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. NoteRecipients.Words.Select(word => JsonValue.Create(word))]) },
            new JsonObject { ["pattern"] = $"^{FhirReference.Pattern()}$" }),
    };
}
