namespace ChwFhir.Api.Imports;

/// <summary>The files of an import, folders with everything below them, in the order of their names.</summary>
/// <param name="Files">What is brought in.</param>
/// <param name="LeftOut">What is no form that is taken, by its name.</param>
internal sealed record ImportFiles(IReadOnlyList<FileInfo> Files, IReadOnlyList<string> LeftOut)
{
    public long Bytes => Files.Sum(file => file.Length);

    /// <exception cref="FileNotFoundException">One of them is not there.</exception>
    public static ImportFiles Find(IEnumerable<string> paths)
    {
        List<FileInfo> files = [];
        List<string> leftOut = [];
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System }).Order(StringComparer.Ordinal))
                    Add(file);
            else if (File.Exists(path))
                Add(path);
            else
                throw new FileNotFoundException($"{path} is not there.");
        }
        return new ImportFiles(files, leftOut);

        void Add(string file)
        {
            if (FileForms.ContentTypeOf(file) is null)
                leftOut.Add(file);
            else
                files.Add(new FileInfo(file));
        }
    }
}
