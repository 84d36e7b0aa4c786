namespace ChwFhir.Mapping;

/// <summary>Identities of what lives across visits: <c>&lt;patient id&gt;/&lt;programme id or none&gt;/&lt;key&gt;</c>.</summary>
public static class PatientKeys
{
    /// <summary>What stands before the key, in the one spelling that the mapping uses (ids that need escaping stand as their hash).</summary>
    public static string Prefix(string patient, string? programme) => $"{Patient(patient)}/{(programme is null ? "none" : Folding.KeyPart(programme))}/";

    internal static string Patient(string reference)
    {
        const string Search = "?identifier=";
        var found = reference.IndexOf(Search, StringComparison.Ordinal);

        return Folding.KeyPart(found >= 0 ? reference[(found + Search.Length)..] : reference[(reference.LastIndexOf('/') + 1)..]);
    }
}
