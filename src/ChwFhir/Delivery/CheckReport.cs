namespace ChwFhir.Delivery;

/// <summary>What would become of a note on the EHR as it is now. Nothing was written to find it out.</summary>
public sealed record CheckReport
{
    /// <summary>Notes can be filed.</summary>
    public const int Good = 0;

    /// <summary>Somebody has to set something right: here, or at the EHR.</summary>
    public const int Wrong = 1;

    /// <summary>The EHR does not answer: come again.</summary>
    public const int Away = 2;

    public required string Ehr { get; init; }

    /// <summary>0 notes can be filed, 1 something has to be set right, 2 the EHR does not answer.</summary>
    public required int Result { get; init; }

    /// <summary>In one line.</summary>
    public required string Verdict { get; init; }

    /// <summary>How what is accepted is kept.</summary>
    public IReadOnlyList<string> Store { get; init; } = [];

    public string? Release { get; init; }

    /// <summary>Token, scopes and what the server says of SMART.</summary>
    public IReadOnlyList<string> Access { get; init; } = [];

    /// <summary>What would be written, folded and kept of a note that says everything.</summary>
    public IReadOnlyList<CheckLine> Plan { get; init; } = [];

    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Settings that are allowed, and seldom meant.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What real answers taught, with the time until which it holds.</summary>
    public IReadOnlyList<string> Learned { get; init; } = [];
}
