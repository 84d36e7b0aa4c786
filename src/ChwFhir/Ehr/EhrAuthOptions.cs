namespace ChwFhir.Ehr;

/// <summary>Section <c>Ehr:Auth</c>: how the service shows itself to the EHR.</summary>
public sealed class EhrAuthOptions
{
    public const string None = "none";
    public const string Bearer = "bearer";
    public const string Backend = "backend";

    /// <summary><c>none</c>, <c>bearer</c> or <c>backend</c> (SMART Backend Services).</summary>
    public string Mode { get; set; } = None;

    /// <summary>For <c>bearer</c>: a token that does not run out; for test servers only.</summary>
    public AccessToken? Token { get; set; }

    /// <summary>For <c>backend</c>: what the EHR registered the service as.</summary>
    public string? ClientId { get; set; }

    /// <summary>For <c>backend</c>: the private key, or several files with commas between them: the first one signs, all are shown at <c>/.well-known/jwks.json</c>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>For <c>backend</c>: where tokens are asked for; unset: where the EHR's smart-configuration says.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>For <c>backend</c>: what is asked for, with spaces between; unset: whatever the EHR has registered, and nothing is sent.</summary>
    public string? Scopes { get; set; }
}
