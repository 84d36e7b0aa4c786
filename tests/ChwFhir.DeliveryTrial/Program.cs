using System.Diagnostics;
using ChwFhir.DeliveryTrial;
using ChwFhir.DeliveryTrial.Report;

if (args is ["--help"])
{
    Console.WriteLine(TrialSettings.Usage);
    return 0;
}
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

var clock = Stopwatch.StartNew();
using var over = new CancellationTokenSource(settings.Bound + TimeSpan.FromSeconds(30));
List<TrialResult> results = [];
foreach (var pair in settings.Pairs)
    results.Add(await RunAsync(pair, (settings.Bound - clock.Elapsed) / (settings.Pairs.Count - results.Count)));

Directory.CreateDirectory(settings.Report);
var table = $"{TrialTable.Of(results)}\n\nFaults on the way: {TrialTable.FaultsOf(results)}.";
await File.WriteAllTextAsync(Path.Combine(settings.Report, "table.md"), $"{table}\n");
await File.WriteAllTextAsync(Path.Combine(settings.Report, "violations.txt"), ViolationsFile.Of(results));
Console.WriteLine($"\n{table}");

var failures = results.SelectMany(result => result.Failures().Select(failure => $"{result.Server}, {result.Store}: {failure}")).ToList();
foreach (var failure in failures)
    Console.WriteLine(failure);
Console.WriteLine(failures.Count == 0 ? "The trial is passed." : $"The trial is failed; every violation with its history: {Path.Combine(settings.Report, "violations.txt")}");
return failures.Count == 0 ? 0 : 1;

async Task<TrialResult> RunAsync(string pair, TimeSpan bound)
{
    var folder = Directory.CreateTempSubdirectory("chwfhir-trial");
    try
    {
        return await new Trial(settings, pair, folder.FullName, bound).RunAsync(over.Token);
    }
    finally
    {
        if (settings.Keep)
            Console.WriteLine($"  kept: {folder.FullName}");
        else
            folder.Delete(recursive: true);
    }
}
