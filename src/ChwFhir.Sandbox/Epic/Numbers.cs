using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Epic;

/// <summary>The numbered refusals.</summary>
internal static class Numbers
{
    public static Refusal StructureInvalid(string diagnostics, string? expression = null) =>
        new(400, [Outcome.Numbered("fatal", "structure", "59105", "The structure of the content is not valid.", diagnostics, expression)]);

    public static Refusal RequiredMissing(string diagnostics, string expression) =>
        new(400, [Outcome.Numbered("fatal", "required", "59108", "A required element is missing.", diagnostics, expression)]);

    public static Refusal RequiredInvalid(string diagnostics, string expression) =>
        new(400, [Outcome.Numbered("fatal", "value", "59111", "A required element has an invalid value.", diagnostics, expression)]);

    public static Refusal ReferenceNotFound(string diagnostics, string expression) =>
        new(400, [Outcome.Numbered("fatal", "not-found", "59144", "The resource that a reference names was not found.", diagnostics, expression)]);

    public static Refusal BusinessRule(string diagnostics, string expression) =>
        new(400, [Outcome.Numbered("fatal", "business-rule", "59159", "The request breaks a business rule.", diagnostics, expression)]);

    public static Refusal UnsupportedModifier(string expression) =>
        new(422, [Outcome.Numbered("fatal", "processing", "59012", "A modifier element has a value that is not supported.", null, expression)]);

    public static Refusal NoFlowsheetRow(string expression) =>
        new(400, [Outcome.Numbered("fatal", "value", "59188", "The code is mapped to no flowsheet row.", null, expression)]);

    public static Refusal AlreadyFiled() =>
        new(400, [Outcome.Numbered("fatal", "duplicate", "59189", "The reading already exists.", null, "code/instant")]);
}
