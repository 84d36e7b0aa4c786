namespace ChwFhir.Fhir.Client;

/// <summary>Where a resource stands, and in which version.</summary>
public sealed record FhirLocation(string Type, string Id, string? Version)
{
    /// <summary><c>Type/id</c>.</summary>
    public string Reference => $"{Type}/{Id}";

    /// <summary>Reads <c>Type/id</c>, <c>/base/Type/id/_history/n</c> or the absolute form of either; null for anything else.</summary>
    public static FhirLocation? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var path = text.Trim();
        var end = path.IndexOfAny(['?', '#']);
        var parts = (end < 0 ? path : path[..end]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length >= 4 && parts[^2] == "_history")
        {
            return Of(parts[^4], parts[^3], parts[^1]);
        }

        return parts.Length >= 2 ? Of(parts[^2], parts[^1], null) : null;
    }

    /// <summary>The version in an entity tag: <c>W/"3"</c>, <c>"3"</c> and, as some servers write it, <c>3</c>.</summary>
    internal static string? VersionOf(string? entityTag)
    {
        var text = entityTag?.Trim();
        if (text?.StartsWith("W/", StringComparison.OrdinalIgnoreCase) == true)
        {
            text = text[2..];
        }

        text = text?.Trim('"');
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static FhirLocation? Of(string type, string id, string? version) =>
        FhirNames.IsType(type) && id.Length is > 0 and <= 256 ? new FhirLocation(type, Uri.UnescapeDataString(id), version) : null;
}
