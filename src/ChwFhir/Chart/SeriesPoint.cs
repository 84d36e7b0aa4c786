namespace ChwFhir.Chart;

/// <summary>One value at one time, and who says so.</summary>
/// <param name="HasTime">False where only the day is known.</param>
/// <param name="By">Who measured or wrote it, where that is said.</param>
public sealed record SeriesPoint(DateTimeOffset At, bool HasTime, decimal Value, decimal? Second, string? By, FactSource Source)
{
    public bool IsFromChart => Source.From == FactSource.Chart;
}
