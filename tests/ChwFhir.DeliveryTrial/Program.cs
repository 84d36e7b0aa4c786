using ChwFhir.DeliveryTrial;
using ChwFhir.DeliveryTrial.Report;

TrialSettings settings;
try
{
    settings = TrialSettings.Read(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

var pairs = settings.Stores.SelectMany(store => settings.Servers.Select(server => (server, store))).ToList();
using var over = new CancellationTokenSource(settings.Bound + TimeSpan.FromSeconds(30));
List<TrialResult> results = [];
foreach (var (server, store) in pairs)
{
    var folder = Directory.CreateTempSubdirectory("chwfhir-trial");
    try
    {
        results.Add(await new Trial(settings, server, store, folder.FullName, settings.Bound / pairs.Count).RunAsync(over.Token));
    }
    finally
    {
        if (settings.Keep)
            Console.WriteLine($"  kept: {folder.FullName}");
        else
            folder.Delete(recursive: true);
    }
}

var table = TrialTable.Of(results);
Directory.CreateDirectory(settings.Report);
await File.WriteAllTextAsync(Path.Combine(settings.Report, "table.md"), $"{table}\n\nFaults: {TrialTable.FaultsOf(results)}.\n");
await File.WriteAllTextAsync(Path.Combine(settings.Report, "violations.txt"), ViolationsFile.Of(results));
Console.WriteLine($"\n{table}\n\nFaults: {TrialTable.FaultsOf(results)}.");

var failures = results.SelectMany(result => result.Failures().Select(failure => $"{result.Server}, {result.Store}: {failure}")).ToList();
foreach (var failure in failures)
    Console.WriteLine(failure);
Console.WriteLine(failures.Count == 0 ? "The trial is passed." : $"The trial is failed; every violation with its history: {Path.Combine(settings.Report, "violations.txt")}");
return failures.Count == 0 ? 0 : 1;
