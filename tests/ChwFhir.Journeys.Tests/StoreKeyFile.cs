namespace ChwFhir.Journeys;

/// <summary>The key of stores in Production: in a file, as orchestrators mount it.</summary>
internal static class StoreKeyFile
{
    public const string Key = "b3VyIG93biBrZXkgZm9yIHRlc3RzLCAzMiBieXRlcyE=";

    private static readonly Lazy<string> TheFile = new(() =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("chwfhir-store-key").FullName, "key.txt");
        File.WriteAllText(file, Key);
        return file;
    });

    public static string Name => TheFile.Value;
}
