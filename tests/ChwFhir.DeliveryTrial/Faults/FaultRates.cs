namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>How often each fault befalls a request, reads and writes apart. Drawn from one seeded sequence.</summary>
internal sealed class FaultRates(int seed)
{
    private static readonly (Fault Fault, double Rate)[] OnWrites =
    [
        (Fault.TooMany, .02), (Fault.Unavailable, .02), (Fault.Slow, .04), (Fault.Timeout, .01), (Fault.Late, .01), (Fault.Lost, .03),
        (Fault.ResetBefore, .015), (Fault.ResetAfter, .015), (Fault.Truncated, .02), (Fault.EmptyBody, .02), (Fault.TokenExpired, .002),
    ];

    private static readonly (Fault Fault, double Rate)[] OnReads =
    [
        (Fault.TooMany, .004), (Fault.Unavailable, .004), (Fault.Slow, .01), (Fault.Timeout, .002), (Fault.Lost, .004),
        (Fault.ResetBefore, .004), (Fault.ResetAfter, .004), (Fault.Truncated, .006), (Fault.TokenExpired, .0003),
    ];

    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    /// <summary>Words for the report.</summary>
    public static string Text => $"of writes: {Words(OnWrites)}; of reads: {Words(OnReads)}";

    public Fault Draw(bool write)
    {
        var drawn = Number();
        foreach (var (fault, rate) in write ? OnWrites : OnReads)
            if ((drawn -= rate) < 0)
                return fault;
        return Fault.None;
    }

    /// <summary>0 up to 1.</summary>
    public double Number()
    {
        lock (gate)
            return random.NextDouble();
    }

    private static string Words((Fault Fault, double Rate)[] rates) => string.Join(", ", rates.Select(one => FormattableString.Invariant($"{FaultWords.Of(one.Fault)} {one.Rate:0.##%}")));
}
