using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChwFhir.Queue;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Queue;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_the_process_is_killed(string provider)
{
    [Test, CancelAfter(120_000)]
    public async Task Everything_that_it_promised_is_there_once_and_the_folder_is_free()
    {
        var options = await SomeStore.SomeOptionsAsync(provider);
        try
        {
            var told = new List<string>();
            for (var round = 0; round < 4; round++) told.AddRange(await RunAndKillAsync(options, round, lines: 150 + 170 * round));

            await using var store = await SomeStore.OpenAsync(options, TimeProvider.System);
            await Expect_that_all_told_is_there(store, told);
        }
        finally
        {
            SomeStore.Remove(options);
        }
    }

    private static async Task Expect_that_all_told_is_there(NoteStore store, List<string> told)
    {
        var counts = await store.CountAsync(SomeStore.TheEhr, default);
        var accepted = Of("accepted");
        var recorded = Of("recorded").Select(words => words[2]).ToHashSet();
        using var all = Assert.EnterMultipleScope();
        Assert.That(accepted, Has.Count.GreaterThan(100));
        Assert.That(recorded, Is.Not.Empty);
        Assert.That(counts.Queued + counts.Writing + counts.Written, Is.GreaterThanOrEqualTo(accepted.Count));
        foreach (var words in accepted)
        {
            var note = await store.FindAsync(SomeStore.TheEhr, words[1], default);
            Assert.That(note, Is.Not.Null, words[1]);
            Assert.That(Encoding.UTF8.GetString((await store.ReadContentAsync(note!.Number, default)).Input.Span), Is.EqualTo(WorkUntilKilled.Content(words[1])));
        }
        foreach (var words in Of("intended"))
        {
            var intent = (await store.HistoryAsync(Number(words[1]), default)).SingleOrDefault(row => row.Intent == Number(words[2]));
            Assert.That(intent, Is.Not.Null, "an intent is on disk before anything is sent");
            if (recorded.Contains(words[2])) Assert.That(intent!.Outcomes, Is.Not.Empty, "an outcome that was told is on disk");
        }
        foreach (var words in Of("written")) Assert.That((await store.ReadAsync(Number(words[1]), default))!.State, Is.EqualTo(NoteState.Written));

        List<string[]> Of(string word) => [.. told.Select(line => line.Split(' ')).Where(words => words[0] == word)];
        static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> RunAndKillAsync(StorageOptions options, int round, int lines)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            ["exec", typeof(WorkUntilKilled).Assembly.Location, "work-until-killed", options.Provider, options.ConnectionString ?? options.Directory, $"r{round}"]) { RedirectStandardOutput = true })!;
        var told = new List<string>();
        try
        {
            while (told.Count < lines) told.Add(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process ended by itself."));
            if (options.Provider is StorageOptions.Sqlite) Assert.That(async () => await SomeStore.OpenAsync(options, TimeProvider.System), Throws.InstanceOf<StorageInUseException>());
        }
        finally
        {
            process.Kill();
        }

        // Lines that were said before the kill count as well; the last may be cut.
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return [.. told, .. rest.Split('\n').SkipLast(1)];
    }
}
