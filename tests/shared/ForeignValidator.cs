using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChwFhir.Testing;

/// <summary>Validates resources with Medplum's validator against R4 and the profiles that they claim: US Core 7.0.0 and our own.</summary>
internal static class ForeignValidator
{
    /// <summary>The errors, one line each (<c>name Type/id severity code path: text</c>); empty when everything is valid. One Node process for all resources.</summary>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(IEnumerable<(string Name, string Json)> resources)
    {
        var work = Directory.CreateTempSubdirectory("chwfhir-validate");
        try
        {
            var files = new List<string>();
            foreach (var (name, json) in resources)
            {
                var file = Path.Combine(work.FullName, string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')) + ".json");
                await File.WriteAllTextAsync(file, json);
                files.Add(file);
            }
            return await RunAsync(files);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>The errors of each resource by its place in the list, without its name: for thousands at once.</summary>
    public static async Task<ILookup<int, string>> ErrorsOfEachAsync(IEnumerable<JsonNode> resources)
    {
        var work = Directory.CreateTempSubdirectory("chwfhir-validate");
        try
        {
            var file = Path.Combine(work.FullName, "all.ndjson");
            await File.WriteAllLinesAsync(file, resources.Select(resource => resource.ToJsonString()));
            var lines = await RunAsync([file]);
            return lines.ToLookup(line => int.Parse(line[(file.Length + 1)..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture) - 1, line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task<string[]> RunAsync(IEnumerable<string> files)
    {
        List<string> arguments = ["--signal=KILL", "300", "node", Path.Combine(Needs.ForeignFhir(), "validate.mjs")];
        foreach (var definition in Definitions())
            arguments.AddRange([Path.GetFileName(definition).StartsWith("StructureDefinition-", StringComparison.Ordinal) || IsUsCoreProfile(definition) ? "--profile" : "--terminology", definition]);
        using var process = Process.Start(new ProcessStartInfo("timeout", arguments.Concat(files)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        if (process.ExitCode is not (0 or 1))
            throw new InvalidOperationException($"The validator ended with {process.ExitCode}: {await errors}");
        return lines;
    }

    /// <summary>What it is given: US Core, and what we publish.</summary>
    private static IEnumerable<string> Definitions() => ((string[])["us-core-7/*.json", "StructureDefinition-*.json", "ValueSet-*.json", "CodeSystem-*.json"])
        .SelectMany(pattern => Directory.EnumerateFiles(Repository.Path("fhir-profiles", Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)).Order(StringComparer.Ordinal));

    private static bool IsUsCoreProfile(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "us-core-7" && Path.GetFileName(file) != "terminology.json";
}
