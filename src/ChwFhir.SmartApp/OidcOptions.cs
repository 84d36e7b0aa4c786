namespace ChwFhir.SmartApp;

/// <summary>Section <c>App:OpenId</c>: the app as a client of the site's own issuer.</summary>
public sealed class OidcOptions
{
    /// <summary>The issuer; unset: <c>Auth__Authority</c>.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>A file with the client's secret; unset: a public client.</summary>
    public string? ClientSecretFile { get; set; }

    public string Scopes { get; set; } = "openid profile";
}
