using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Shapes;

/// <summary>A FHIR reference, <c>Practitioner/chw-1</c> or the absolute URL of one, to one of <paramref name="types"/> (any when there are none).</summary>
internal sealed class ReferenceKind(params string[] types) : Kind<string>
{
    public override string? Read(JsonElement value, Trail trail)
    {
        if (TextKind.Plain(value, trail) is not { } text)
            return null;
        if (FhirReference.TryParse(text, out var reference) && (types.Length == 0 || types.Contains(reference.Type)))
            return text;

        trail.Fault("bad-reference", types.Length == 0
            ? "must be a FHIR reference such as Practitioner/123 or its absolute URL"
            : $"must be a FHIR reference to {string.Join(" or ", types)}, such as {types[0]}/123 or its absolute URL");
        return null;
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = $"^{FhirReference.Pattern(types)}$" };
}
