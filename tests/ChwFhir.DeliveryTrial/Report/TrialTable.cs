using System.Globalization;
using ChwFhir.DeliveryTrial.Faults;

namespace ChwFhir.DeliveryTrial.Report;

/// <summary>The result as Markdown: it reads on a console and stands in the README.</summary>
internal static class TrialTable
{
    public static string Of(IReadOnlyList<TrialResult> results)
    {
        List<string> lines =
        [
            "| server | store | notes sent | accepted | in the chart exactly once | lost | doubled | waiting for a person (of those unknown) | order violations | kills of the service, of the database | faults | minutes |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            .. results.Select(Line),
        ];
        if (results.Count > 1)
            lines.Add($"| all | | {results.Sum(r => r.Sent)} | {results.Sum(r => r.Accepted)} | {results.Sum(r => r.Counted.Once)} | {results.Sum(r => r.Counted.Lost)} | {results.Sum(r => r.Counted.Doubled)} | {results.Sum(r => r.Counted.Waiting)} ({results.Sum(r => r.Counted.Unknown)}) | {results.Sum(r => r.Counted.Order)} | {results.Sum(r => r.Kills)}, {results.Sum(r => r.KillsOfDatabase)} | {results.Sum(r => r.Faults)} | {Minutes(TimeSpan.FromTicks(results.Sum(r => r.Took.Ticks)))} |");
        return string.Join('\n', lines);
    }

    /// <summary>How often each fault befell a request.</summary>
    public static string FaultsOf(IEnumerable<TrialResult> results) => string.Join(", ", results.SelectMany(result => result.Line.Faults)
        .GroupBy(count => count.Key).OrderBy(group => group.Key).Select(group => $"{FaultWords.Of(group.Key)} {group.Sum(count => count.Value)}"));

    private static string Line(TrialResult r) =>
        $"| {r.Server} | {r.Store} | {r.Sent} | {r.Accepted} | {r.Counted.Once} | {r.Counted.Lost} | {r.Counted.Doubled} | {r.Counted.Waiting} ({r.Counted.Unknown}) | {r.Counted.Order} | {r.Kills}, {r.KillsOfDatabase} | {r.Faults} | {Minutes(r.Took)} |";

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture);
}
