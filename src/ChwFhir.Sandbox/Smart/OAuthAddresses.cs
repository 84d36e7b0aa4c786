using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Where the authorization server's doors are, absolute.</summary>
internal sealed class OAuthAddresses(ServerAddress address)
{
    public const string Path = "/oauth2";

    /// <summary>The FHIR base, which is the audience of every token.</summary>
    public string Fhir => address.Base.AbsoluteUri;

    public string Issuer => new Uri(address.Base, Path).AbsoluteUri;
    public string Authorize => $"{Issuer}/authorize";
    public string Token => $"{Issuer}/token";
    public string Introspect => $"{Issuer}/introspect";
    public string Revoke => $"{Issuer}/revoke";
    public string Jwks => $"{Issuer}/jwks";
    public string Style => $"{Issuer}/style-1.json";
}
