namespace ChwFhir.Fhir.Smart;

/// <summary>A token and what came with it.</summary>
/// <param name="ExpiresIn">Null where the server does not say.</param>
/// <param name="Scope">What was granted, perhaps not what was asked for; null where the server does not say.</param>
public sealed record TokenGrant(Secret AccessToken, TimeSpan? ExpiresIn, string? Scope)
{
    public Secret? RefreshToken { get; init; }

    public Secret? IdToken { get; init; }

    /// <summary>The id alone, without <c>Patient/</c>.</summary>
    public string? Patient { get; init; }

    /// <summary>The id alone, without <c>Encounter/</c>.</summary>
    public string? Encounter { get; init; }

    /// <summary>Null where nothing is said; a page then shows its banner.</summary>
    public bool? NeedPatientBanner { get; init; }

    public string? SmartStyleUrl { get; init; }

    public string? Intent { get; init; }

    public string? Tenant { get; init; }

    public IReadOnlyList<LaunchContext> FhirContext { get; init; } = [];

    // Tokens in the hands of a stranger for more than a day would be the server's mistake; counted as one all the same.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Whose it is, and the token itself, stay out of every text.</summary>
    public override string ToString() => "(token grant)";

    internal static TokenGrant? Read(JsonElement json)
    {
        if (Text(json, "access_token") is not { } token || Text(json, "token_type") is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return null;

        return new TokenGrant(new Secret(token), Seconds(json), Text(json, "scope"))
        {
            RefreshToken = Text(json, "refresh_token") is { } refresh ? new Secret(refresh) : null,
            IdToken = Text(json, "id_token") is { } id ? new Secret(id) : null,
            Patient = Id(json, "patient", "Patient/"),
            Encounter = Id(json, "encounter", "Encounter/"),
            NeedPatientBanner = Flag(json, "need_patient_banner"),
            SmartStyleUrl = Text(json, "smart_style_url"),
            Intent = Text(json, "intent"),
            Tenant = Text(json, "tenant"),
            FhirContext = json.TryGetProperty("fhirContext", out var context) && context.ValueKind == JsonValueKind.Array ? [.. context.EnumerateArray().Select(LaunchContext.Read).OfType<LaunchContext>()] : [],
        };
    }

    internal static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text ? text : null;

    private static string? Id(JsonElement json, string name, string type) =>
        Text(json, name) is { } id ? id.StartsWith(type, StringComparison.Ordinal) ? id[type.Length..] : id : null;

    private static bool? Flag(JsonElement json, string name) => json.TryGetProperty(name, out var member) ? member.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(member.GetString(), out var flag) => flag,
        _ => null,
    } : null;

    private static TimeSpan? Seconds(JsonElement json)
    {
        if (!json.TryGetProperty("expires_in", out var member))
            return null;
        var text = member.ValueKind switch { JsonValueKind.Number => member.GetRawText(), JsonValueKind.String => member.GetString(), _ => null };
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !(seconds > 0))
            return null;
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
