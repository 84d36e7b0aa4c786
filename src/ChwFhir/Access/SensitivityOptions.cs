namespace ChwFhir.Access;

/// <summary>Section <c>Auth</c>: what CHWs are not shown.</summary>
public sealed class SensitivityOptions
{
    public const string Section = "Auth";

    /// <summary>Codes of security labels besides R and V, with commas: <c>PSY, SUD, ETH, SEX, HIV, SDV</c> (v3-ActCode).</summary>
    public string? Withhold { get; set; }
}
