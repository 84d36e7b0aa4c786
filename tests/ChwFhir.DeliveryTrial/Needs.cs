namespace ChwFhir.Testing;

/// <summary>What the shared parts need beside the SDK. A trial without it ends with a line that says what to install.</summary>
internal static class Needs
{
    /// <summary>Folder of the foreign FHIR server.</summary>
    public static string ForeignFhir()
    {
        var folder = Repository.Path("tests", "foreign-fhir-server");
        return Directory.Exists(Path.Combine(folder, "node_modules", "@medplum", "fhir-router"))
            ? folder
            : throw new InvalidOperationException("The foreign FHIR server is not installed: run `npm ci` in tests/foreign-fhir-server.");
    }
}
