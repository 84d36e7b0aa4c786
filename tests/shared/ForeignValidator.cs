using System.Diagnostics;

namespace ChwFhir.Testing;

/// <summary>Validates resources with Medplum's validator against R4 and the US Core 7.0.0 profiles that they claim.</summary>
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
            foreach (var profile in Directory.EnumerateFiles(Repository.Path("fhir-profiles", "us-core-7"), "*.json").Order(StringComparer.Ordinal))
                arguments.AddRange([Path.GetFileName(profile) == "terminology.json" ? "--terminology" : "--profile", profile]);
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
}
