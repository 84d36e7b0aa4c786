using Spectre.Console;

namespace ChwFhir.Api.Imports;

/// <summary>How far an import is: a bar where a person looks on, a line now and then where the output goes to a file.</summary>
internal static class ImportProgress
{
    private static readonly TimeSpan NowAndThen = TimeSpan.FromSeconds(10);

    /// <param name="bytes">Of all files.</param>
    /// <param name="run">Does it, and tells of the bytes that it has read.</param>
    public static Task ShowAsync(long bytes, ImportTotals totals, Func<Action<long>, Task> run) =>
        AnsiConsole.Profile.Capabilities.Interactive && AnsiConsole.Profile.Out.IsTerminal ? BarAsync(bytes, totals, run) : LinesAsync(bytes, totals, run);

    private static Task BarAsync(long bytes, ImportTotals totals, Func<Action<long>, Task> run) => AnsiConsole.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async bar =>
        {
            var task = bar.AddTask("", maxValue: Math.Max(1, bytes));
            await run(count =>
            {
                task.Increment(count);
                task.Description = Markup.Escape(totals.ToString());
            });
            (task.Value, task.Description) = (task.MaxValue, Markup.Escape(totals.ToString()));
        });

    private static async Task LinesAsync(long bytes, ImportTotals totals, Func<Action<long>, Task> run)
    {
        var read = 0L;
        using var timer = TimeProvider.System.CreateTimer(_ => Console.Error.WriteLine(FormattableString.Invariant($"{Interlocked.Read(ref read) * 100 / Math.Max(1, bytes)} %: {totals}")), null, NowAndThen, NowAndThen);
        await run(count => Interlocked.Add(ref read, count));
    }
}
