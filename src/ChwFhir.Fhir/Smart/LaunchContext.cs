namespace ChwFhir.Fhir.Smart;

/// <summary>An entry of <c>fhirContext</c>: what else the EHR had open.</summary>
/// <param name="Reference">Relative: <c>ServiceRequest/1</c>.</param>
/// <param name="Role"><c>launch</c>, or the URI of what it is there for.</param>
public sealed record LaunchContext(string? Reference, string? Canonical, string? Type, string Role)
{
    public const string Launch = "launch";

    internal static LaunchContext? Read(JsonElement json)
    {
        // The first edition of SMART 2 had bare references here.
        if (json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } bare)
            return new LaunchContext(bare, null, null, Launch);
        if (json.ValueKind != JsonValueKind.Object)
            return null;

        var (reference, canonical) = (TokenGrant.Text(json, "reference"), TokenGrant.Text(json, "canonical"));
        return reference is null && canonical is null && !json.TryGetProperty("identifier", out _) ? null : new LaunchContext(reference, canonical, TokenGrant.Text(json, "type"), TokenGrant.Text(json, "role") ?? Launch);
    }
}
