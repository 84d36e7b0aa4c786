namespace ChwFhir.Fhir.Generator;

/// <summary>Where things lie in this repository.</summary>
public static class Repository
{
    public static string Root(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChwFhir.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"ChwFhir.sln stands nowhere above {from}");
    }

    public static string Definitions(string root) => Path.Combine(root, "tests", "foreign-fhir-server", "node_modules", "@medplum", "definitions", "dist", "fhir", "r4");

    public static string Output(string root) => Path.Combine(root, "src", "ChwFhir.Fhir", "Resources", "Generated");

    public static string BaseElements(string root) => Path.Combine(root, "src", "ChwFhir.Api", "Fhir", "BaseElements.Generated.cs");
}
