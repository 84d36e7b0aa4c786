namespace ChwFhir.Api.Host;

/// <summary>Settings that are written down and that this version does not have: a site that sets one must not believe that it works.</summary>
internal static class NotYet
{
    private static readonly (string Setting, string? Allowed)[] Table =
    [
        ("App:SignIn", null),
    ];

    /// <summary>A line for each that is set.</summary>
    public static IEnumerable<string> Faults(IConfiguration settings) =>
        from row in Table
        where IsSet(settings.GetSection(row.Setting), row.Allowed)
        select $"{row.Setting.Replace(":", "__", StringComparison.Ordinal)}: {(row.Allowed is null ? "not available in this version; leave it out." : $"allowed: {row.Allowed}; nothing else is available in this version.")}";

    private static bool IsSet(IConfigurationSection setting, string? allowed) =>
        setting.GetChildren().Any(child => IsSet(child, null))
        || (setting.Value is { Length: > 0 } value && allowed?.Split(", ").Contains(value, StringComparer.Ordinal) is not true);
}
