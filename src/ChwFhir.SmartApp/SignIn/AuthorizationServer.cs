namespace ChwFhir.SmartApp.SignIn;

/// <summary>The server that lets people in: the EHR's, or the site's own issuer.</summary>
/// <param name="Issuer">Who signs the id_token, and who a callback must say that it comes from.</param>
/// <param name="Remembers">The word for a refresh token there; null when there is none.</param>
internal sealed record AuthorizationServer(string Issuer, Uri AuthorizationEndpoint, Uri TokenEndpoint, Uri JwksUri, string? Remembers)
{
    /// <summary>It says that it names itself in every callback (RFC 9207): one that does not is not its own.</summary>
    public bool NamesItself { get; init; }

    /// <summary>Where tokens are ended (RFC 7009); null where the server has no such place, or none that may be spoken to.</summary>
    public Uri? RevocationEndpoint { get; init; }
}
