namespace ChwFhir.CareTeam;

/// <summary>Which messages are listed, of those that the caller may read.</summary>
public sealed record MessageQuery
{
    /// <summary>A recipient's word or reference.</summary>
    public string? To { get; init; }

    /// <summary><c>open</c>, <c>mine</c> or <c>closed</c>.</summary>
    public string State { get; init; } = "open";

    /// <summary><c>Patient/…</c>.</summary>
    public string? Patient { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? Cursor { get; init; }
}
