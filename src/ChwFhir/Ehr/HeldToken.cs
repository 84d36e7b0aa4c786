namespace ChwFhir.Ehr;

/// <summary>A token in use.</summary>
/// <param name="RenewAt">From then on a new one is asked for, while this one still holds.</param>
internal sealed record HeldToken(AccessToken Token, DateTimeOffset RenewAt, DateTimeOffset RunsOutAt)
{
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(1);

    /// <param name="lasts">As the server says; a server that does not say so shows it with a 401.</param>
    public static HeldToken Of(AccessToken token, TimeSpan? lasts, DateTimeOffset now)
    {
        var life = lasts ?? Unsaid;
        // A token that ends while a request is under way is refused there.
        var margin = life / 5 < LongestMargin ? life / 5 : LongestMargin;
        return new HeldToken(token, now + life - margin, now + life);
    }

    public override string ToString() => "(held token)";
}
