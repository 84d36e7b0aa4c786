namespace ChwFhir.Sandbox.Smart;

/// <summary><c>Ehr__Sandbox__Login</c>: <c>pages</c>, or <c>auto:user</c>, <c>auto:user/patient</c>, <c>auto:user/patient/encounter</c>, which choose without asking.</summary>
internal sealed record LoginSetting(SandboxUser? User, string? Patient, string? Encounter)
{
    public const string Pages = "pages";

    /// <summary>Null when it is none of these.</summary>
    public static LoginSetting? Read(string text)
    {
        if (text == Pages)
            return new(null, null, null);
        if (!text.StartsWith("auto:", StringComparison.Ordinal) || text["auto:".Length..].Split('/') is not [var id, ..] parts || parts.Length > 3 || SandboxUser.Find(id) is not { } user)
            return null;
        return new(user, parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }
}
