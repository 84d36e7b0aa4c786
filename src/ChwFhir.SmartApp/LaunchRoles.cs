using ChwFhir.Access;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp;

/// <summary>Who acts in which role when launched from the EHR: <c>Practitioner/1=chw, Practitioner/2=nurse</c>.</summary>
internal static class LaunchRoles
{
    /// <returns>Null when it cannot be read.</returns>
    public static IReadOnlyDictionary<string, Role>? Read(string? text)
    {
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var one in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (one.Split('=', StringSplitOptions.TrimEntries) is not [var who, var word] || !FhirName.Is(who) || !Words.TryParse<Role>(word, out var role) || role is Role.Integration or Role.Privacy)
                return null;
            roles[who] = role;
        }
        return roles;
    }
}
