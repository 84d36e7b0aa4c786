using ChwFhir.Chart;

namespace ChwFhir.SmartApp.Symptoms;

/// <summary>One axis for all: from the first that there is until today, two months at least and a year at most.</summary>
internal sealed record TimeAxis(DateTimeOffset Start, DateTimeOffset End)
{
    public static TimeAxis Of(OverTime told, DateTimeOffset now)
    {
        var first = told.Series.SelectMany(series => series.Points.Select(point => point.At)).Concat(told.Visits.Select(visit => visit.At)).Append(now.AddDays(-60)).Min();
        // What is of today has room to be seen.
        var start = first.AddDays(-3) is var early && early < now.AddYears(-1) ? now.AddYears(-1) : early;
        return new TimeAxis(start, now + ((now - start) / 60));
    }

    /// <summary>0 at the left, 1 at the right.</summary>
    public double Place(DateTimeOffset at) => Math.Clamp((at - Start) / (End - Start), 0, 1);

    /// <summary>The first of each month, or of every second or third, so that no more than seven stand there.</summary>
    public IReadOnlyList<DateTimeOffset> Months()
    {
        List<DateTimeOffset> months = [];
        for (var month = new DateTimeOffset(End.Year, End.Month, 1, 0, 0, 0, End.Offset); month > Start; month = month.AddMonths(-1))
            months.Add(month);
        var every = months.Count > 12 ? 3 : months.Count > 6 ? 2 : 1;
        return [.. months.Where((_, at) => at % every == 0).Reverse()];
    }
}
