namespace ChwFhir.Ehr;

/// <summary>How long an endpoint in trouble is left alone: doubling, up to a limit, a little shorter each time by chance so that instances do not come back together.</summary>
/// <param name="Chance">From 0 to 1, anew at each call.</param>
public sealed record EndpointPauses(TimeSpan First, TimeSpan Longest, Func<double> Chance)
{
    // A Retry-After may be a mistake (a date in the far future, a number that is no number of seconds): asking once an hour burdens nobody.
    private static readonly TimeSpan LongestTold = TimeSpan.FromHours(1);
    private const double Spread = 0.2;

    /// <param name="pauses">How many in a row with this one.</param>
    /// <param name="told">What the server said; "come back at once", said again and again, is no pause.</param>
    public TimeSpan Length(int pauses, TimeSpan? told)
    {
        if (told is { } said && said >= First)
            return said < LongestTold ? said : LongestTold;

        var pause = First * Math.Pow(2, Math.Min(pauses - 1, 20));
        return (pause < Longest ? pause : Longest) * (1 - (Spread * Chance()));
    }
}
