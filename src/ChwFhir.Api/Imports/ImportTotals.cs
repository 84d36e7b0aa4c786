namespace ChwFhir.Api.Imports;

/// <summary>How an import went, counted while it runs.</summary>
internal sealed class ImportTotals
{
    private int taken;
    private int known;
    private int refused;
    private int before;

    /// <summary>Kept by the service now.</summary>
    public int Taken => taken;

    /// <summary>The service had it.</summary>
    public int Known => known;

    public int Refused => refused;

    /// <summary>Brought in by the import that was broken off, not sent again.</summary>
    public int Before => before;

    public int All => taken + known + refused + before;

    public void Count(ImportResult result)
    {
        if (result.Status == StatusCodes.Status202Accepted)
            Interlocked.Increment(ref taken);
        else if (result.Status == StatusCodes.Status200OK)
            Interlocked.Increment(ref known);
        else
            Interlocked.Increment(ref refused);
    }

    public void CountBefore() => Interlocked.Increment(ref before);

    public override string ToString() => FormattableString.Invariant($"{taken} taken, {known} here already, {before} brought in before, {refused} refused");
}
