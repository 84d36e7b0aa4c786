namespace ChwFhir.Access;

/// <summary>How a caller showed who they are.</summary>
public enum CallerKind
{
    /// <summary>By calling from this machine, in Development only.</summary>
    Development,

    /// <summary>By a token of the site's issuer.</summary>
    Token,

    /// <summary>The app, launched from the EHR.</summary>
    SmartLaunch,

    /// <summary>The app, signed in at our own door.</summary>
    OidcSession,

    /// <summary>A part of this service that hands in what came by another way (MLLP).</summary>
    Service,
}
