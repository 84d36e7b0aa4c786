namespace ChwFhir.CareTeam;

/// <summary>One rung of the ladder.</summary>
public sealed class OnCallOptions
{
    /// <summary>The contract's words for people with a licence.</summary>
    public static readonly IReadOnlyList<string> Licensed = ["pcp", "nurse", "social-work", "palliative-care", "oncology", "pharmacy"];

    /// <summary>One of <see cref="Licensed"/> or a FHIR reference.</summary>
    public string Who { get; set; } = "";

    /// <summary>Where mail reaches them; else what <c>CareTeam__Mail</c> says of the same word.</summary>
    public string? Mail { get; set; }
}
