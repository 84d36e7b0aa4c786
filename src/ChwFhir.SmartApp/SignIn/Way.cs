namespace ChwFhir.SmartApp.SignIn;

/// <summary>The two ways in. Each has a callback of its own, so that an answer of the one server is never taken for the other's.</summary>
internal enum Way
{
    /// <summary>From the EHR, by its authorization server.</summary>
    Smart,

    /// <summary>Without an account at the EHR, by the site's own issuer.</summary>
    Oidc,
}
