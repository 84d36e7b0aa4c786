namespace ChwFhir.Api.Imports;

/// <summary>The files of an import, folders with everything below them, in the order of their names.</summary>
/// <param name="Files">What is brought in.</param>
/// <param name="LeftOut">What is no form that is taken, by its name, or is empty.</param>
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
                // A link may lead anywhere, in a circle too.
                foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint }).Order(StringComparer.Ordinal))
                    Add(file);
            else if (File.Exists(path))
                Add(path);
            else
                throw new FileNotFoundException($"{path} is not there.");
        }
        return new ImportFiles(files, leftOut);

        void Add(string file)
        {
            // A pipe or a device has no length, and may have no end.
            if (FileForms.ContentTypeOf(file) is null || new FileInfo(file).Length == 0)
                leftOut.Add(file);
            else
                files.Add(new FileInfo(file));
        }
    }
}
