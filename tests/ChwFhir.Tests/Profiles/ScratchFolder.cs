namespace ChwFhir.Tests.Profiles;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chwfhir-guide");

    public string Write(string name, string text)
    {
        var file = PathOf(name);
        File.WriteAllText(file, text);
        return file;
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
