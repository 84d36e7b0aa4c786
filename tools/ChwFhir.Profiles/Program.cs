using ChwFhir.Profiles;

// dotnet run --project tools/ChwFhir.Profiles [folder for the package]
// Makes the snapshots of fhir-profiles from their differentials, the examples from the expected Bundles, the list of the guide, and the package.
var root = ProfileFolder.Root(AppContext.BaseDirectory);
if (!Directory.Exists(ProfileFolder.R4(root)))
{
    Console.Error.WriteLine($"No definitions in {ProfileFolder.R4(root)}: run `npm ci` in tests/foreign-fhir-server.");
    return 1;
}

var folder = new ProfileFolder(root);
var changed = 0;
foreach (var (file, text) in folder.Made())
{
    if (File.Exists(file) && File.ReadAllText(file) == text)
        continue;
    File.WriteAllText(file, text);
    Console.WriteLine(Path.GetRelativePath(root, file));
    changed++;
}

var package = folder.PackInto(args.Length > 0 ? args[0] : Path.Combine(root, "artifacts"));
Console.WriteLine($"{changed} files changed; {package}");

return 0;
