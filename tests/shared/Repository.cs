namespace ChwFhir.Testing;

/// <summary>Where the checkout's own files lie, found upwards from the test assembly.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "ChwFhir.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No ChwFhir.sln above {from}");
    }
}
