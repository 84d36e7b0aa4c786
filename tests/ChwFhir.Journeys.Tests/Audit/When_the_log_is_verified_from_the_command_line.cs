using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ChwFhir.Journeys.Audit;

internal sealed partial class When_the_log_is_verified_from_the_command_line
{
    private string folder = null!;

    [SetUp]
    public void Prepare() => folder = Directory.CreateTempSubdirectory("chwfhir-audit").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_running_service_is_asked_and_a_stopped_ones_files_are_opened()
    {
        (int ExitCode, string Output) running;
        await using (var town = await Town.StartAsync(("Storage__Directory", folder)))
        {
            await FillAsync(town);
            running = await VerifyAsync("--urls", town.BaseUrl.AbsoluteUri);
        }

        var stopped = await VerifyAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.ExitCode, Is.Zero, running.Output);
            Assert.That(running.Output, Does.Contain("Every link holds.").And.Contain("main@"));
            Assert.That(stopped.ExitCode, Is.Zero, stopped.Output);
            Assert.That(stopped.Output, Does.Contain("Every link holds.").And.Contain("main@"));
        }
    }

    [Test]
    public async Task A_changed_record_is_named_and_the_exit_code_says_so()
    {
        await using (var town = await Town.StartAsync(("Storage__Directory", folder)))
        {
            await FillAsync(town);
            await town.OnDatabaseAsync("DROP TRIGGER audit_record_stays");
            await town.OnDatabaseAsync("UPDATE audit_record SET outcome = 'refused' WHERE n = 2");
        }

        var (exitCode, output) = await VerifyAsync();

        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("changed: record 2 of chain main"));
    }

    [Test]
    public async Task What_was_cut_off_is_found_by_the_head_that_the_log_said_at_the_end()
    {
        string said;
        var town = await Town.StartAsync(("Storage__Directory", folder));
        await using (town)
            await FillAsync(town);
        said = Head().Matches(town.Log.Text)[^1].Groups["head"].Value;
        await TownDatabase.RunAsync(folder, "DROP TRIGGER audit_record_is_kept; DELETE FROM audit_record WHERE n > 3; UPDATE audit_chain SET n = 3, hash = (SELECT hash FROM audit_record WHERE n = 3)");

        var without = await VerifyAsync();
        var with = await VerifyAsync("--head", said);

        Assert.That(without.ExitCode, Is.Zero, "nothing in the database tells: " + without.Output);
        Assert.That(with.ExitCode, Is.EqualTo(1), with.Output);
        Assert.That(with.Output, Does.Contain("cut off: records 4 to"));
    }

    [Test]
    public async Task The_export_is_a_line_of_AuditEvent_for_each_record()
    {
        await using (var town = await Town.StartAsync(("Storage__Directory", folder)))
            await FillAsync(town);

        var (exitCode, output) = await ApiProcess.RunToEndAsync(["audit", "export"], ("Storage__Directory", folder));

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["resourceType"]).ToList();
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(lines, Has.Count.GreaterThanOrEqualTo(5).And.All.EqualTo("AuditEvent"));
    }

    [TestCase("audit"), TestCase("audit", "erase"), TestCase("audit", "verify", "--head", "12")]
    public async Task Another_order_is_told_what_there_is(params string[] arguments)
    {
        var (exitCode, output) = await ApiProcess.RunToEndAsync(arguments, ("Storage__Directory", folder));

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Does.Contain("audit verify").And.Contain("audit export"));
    }

    private static async Task FillAsync(Town town)
    {
        for (var i = 0; i < 5; i++)
            (await town.PostNoteAsync(Some.Note("Patient/rosa-m", $"n-{i}").ToJsonString())).Dispose();
    }

    private Task<(int ExitCode, string Output)> VerifyAsync(params string[] more) => ApiProcess.RunToEndAsync(["audit", "verify", .. more], ("Storage__Directory", folder));

    [GeneratedRegex("The audit log stands at (?<head>main@[0-9]+:[0-9a-f]{64})")]
    private static partial Regex Head();
}
