using ChwFhir.Fhir.Generator;

// dotnet run --project tools/ChwFhir.Fhir.Generator [folder of the definitions] [folder to write to]
var repository = Repository.Root(AppContext.BaseDirectory);
var definitions = args.Length > 0 ? args[0] : Repository.Definitions(repository);
var output = args.Length > 1 ? args[1] : Repository.Output(repository);
if (!File.Exists(Path.Combine(definitions, "profiles-types.json")))
{
    Console.Error.WriteLine($"No definitions in {definitions}: run `npm ci` in tests/foreign-fhir-server, or give their folder as first argument.");
    return 1;
}

var read = Definitions.Load(definitions);
var files = ModelGenerator.Generate(read);
Directory.CreateDirectory(output);
foreach (var stale in Directory.EnumerateFiles(output, "*.cs").Where(file => !files.ContainsKey(Path.GetFileName(file))))
    File.Delete(stale);
foreach (var (name, text) in files)
    File.WriteAllText(Path.Combine(output, name), text);
Console.WriteLine($"{files.Count} files written to {output}");
if (args.Length < 2)
    File.WriteAllText(Repository.BaseElements(repository), BaseElements.Generate(read));

return 0;
