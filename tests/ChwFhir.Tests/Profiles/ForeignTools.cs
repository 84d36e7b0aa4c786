using System.Diagnostics;
using ChwFhir.Testing;

namespace ChwFhir.Tests.Profiles;

/// <summary>The Node programs of <c>tests/foreign-fhir-server</c>.</summary>
internal static class ForeignTools
{
    /// <returns>What it wrote, line by line; and what it said about it.</returns>
    internal static async Task<(IReadOnlyList<string> Lines, string Said)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var folder = Needs.ForeignFhir();
        using var process = Process.Start(new ProcessStartInfo("timeout", ["--signal=KILL", "300", "node", Path.Combine(folder, program), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        if (process.ExitCode is not (0 or 1))
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await said}");
        return (lines, (await said).Trim());
    }
}
