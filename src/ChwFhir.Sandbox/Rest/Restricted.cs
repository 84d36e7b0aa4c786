namespace ChwFhir.Sandbox.Rest;

/// <summary>A chart that the caller may not open; the number is the one that Epic's servers give.</summary>
internal static class Restricted
{
    public static Refusal Chart() => new(403, [Outcome.Numbered("fatal", "forbidden", "4131", "This patient's chart is restricted.", "The caller is not authorised to open a restricted chart.")]);
}
