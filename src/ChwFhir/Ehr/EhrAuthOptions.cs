namespace ChwFhir.Ehr;

/// <summary>Section <c>Ehr:Auth</c>: how the service shows itself to the EHR.</summary>
public sealed class EhrAuthOptions
{
    public const string None = "none";
    public const string Bearer = "bearer";

    /// <summary><c>none</c> or <c>bearer</c>.</summary>
    public string Mode { get; set; } = None;

    /// <summary>For <c>bearer</c>: a token that does not run out; for test servers only.</summary>
    public AccessToken? Token { get; set; }
}
