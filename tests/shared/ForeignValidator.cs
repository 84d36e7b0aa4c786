using System.Diagnostics;

namespace ChwFhir.Testing;

/// <summary>Validates resources with Medplum's validator against R4 and the profiles that they claim: US Core 7.0.0 and our own.</summary>
internal static class ForeignValidator
{
    /// <summary>The errors, one line each (<c>name Type/id severity code path: text</c>); empty when everything is valid. One Node process for all resources.</summary>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(IEnumerable<(string Name, string Json)> resources)
    {
        var folder = Needs.ForeignFhir();
        var work = Directory.CreateTempSubdirectory("chwfhir-validate");
        try
        {
            List<string> arguments = ["--signal=KILL", "300", "node", Path.Combine(folder, "validate.mjs")];
            foreach (var definition in Definitions())
                arguments.AddRange([Path.GetFileName(definition).StartsWith("StructureDefinition-", StringComparison.Ordinal) || IsUsCoreProfile(definition) ? "--profile" : "--terminology", definition]);
            foreach (var (name, json) in resources)
            {
                var file = Path.Combine(work.FullName, string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')) + ".json");
                await File.WriteAllTextAsync(file, json);
                arguments.Add(file);
            }
            using var process = Process.Start(new ProcessStartInfo("timeout", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync();
            if (process.ExitCode is not (0 or 1))
                throw new InvalidOperationException($"The validator ended with {process.ExitCode}: {await errors}");
            return lines;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>What it is given: US Core, and what we publish.</summary>
    private static IEnumerable<string> Definitions() => ((string[])["us-core-7/*.json", "StructureDefinition-*.json", "ValueSet-*.json", "CodeSystem-*.json"])
        .SelectMany(pattern => Directory.EnumerateFiles(Repository.Path("fhir-profiles", Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)).Order(StringComparer.Ordinal));

    private static bool IsUsCoreProfile(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "us-core-7" && Path.GetFileName(file) != "terminology.json";
}
