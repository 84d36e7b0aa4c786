using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ChwFhir.Journeys.Tests.Sandbox;

/// <summary>As a real EHR it is a process of its own, and lives on while the service beside it is killed.</summary>
public sealed class When_the_sandbox_runs_alone
{
    [Test, CancelAfter(60_000)]
    public async Task It_answers_as_the_strict_one_and_keeps_what_it_took(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();

        using (var first = Start("Development", folder.Path))
        {
            using var http = new HttpClient { BaseAddress = await AddressAsync(first, cancellationToken) };
            Assert.That(await http.GetStringAsync("metadata", cancellationToken), Does.Contain("strict"));
            Assert.That(await http.GetStringAsync("Patient/rosa-m", cancellationToken), Does.Contain("Maldonado"));
            first.Kill(entireProcessTree: true);
        }

        using var again = Start("Development", folder.Path);
        using var other = new HttpClient { BaseAddress = await AddressAsync(again, cancellationToken) };
        Assert.That(await other.GetStringAsync("Patient/rosa-m", cancellationToken), Does.Contain("Maldonado"));
        again.Kill(entireProcessTree: true);
    }

    [Test, CancelAfter(60_000)]
    public async Task It_does_not_start_in_production(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();

        using var process = Start("Production", folder.Path);
        await process.WaitForExitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.ExitCode, Is.EqualTo(1));
            Assert.That(await process.StandardError.ReadToEndAsync(cancellationToken), Does.Contain("does not start in Production"));
        }
    }

    private static Process Start(string environment, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ChwFhir.Api.dll");
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "60", "dotnet", program, "sandbox", "--Ehr:Sandbox:Capabilities=epic", "--Ehr:Sandbox:Url=http://localhost:0", $"--Storage:Directory={folder}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = environment;
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            if (Regex.Match(line, @"^EHR\s+(?<url>\S+)") is { Success: true } match)
                return new Uri(match.Groups["url"].Value + "/");
        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(cancellationToken));
    }
}
