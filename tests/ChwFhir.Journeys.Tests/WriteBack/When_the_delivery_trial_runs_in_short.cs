using System.Diagnostics;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.WriteBack;

/// <summary>
/// The short form of tests/delivery-trial.sh: each EHR and each store once, a bad line and kill -9. It counts what stands in the
/// charts, not what the service says; the long form is for before a release.
/// </summary>
internal sealed class When_the_delivery_trial_runs_in_short
{
    [Test]
    [CancelAfter(430_000)]
    public async Task Nothing_is_lost_nothing_doubled_and_nothing_out_of_order(CancellationToken cancellationToken)
    {
        Needs.ForeignFhir();
        Needs.Postgres();
        using var report = new TempFolder();
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", "420", "dotnet", Path.Combine(AppContext.BaseDirectory, "ChwFhir.DeliveryTrial.dll"), "--short", "--report", report.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var trial = Process.Start(start)!;
        var said = await Task.WhenAll(trial.StandardOutput.ReadToEndAsync(cancellationToken), trial.StandardError.ReadToEndAsync(cancellationToken));
        await trial.WaitForExitAsync(cancellationToken);

        TestContext.Out.WriteLine(string.Concat(said));
        var violations = Path.Combine(report.Path, "violations.txt");
        Assert.That(trial.ExitCode, Is.Zero, File.Exists(violations) ? await File.ReadAllTextAsync(violations, cancellationToken) : "the trial did not come to its end");
    }
}
