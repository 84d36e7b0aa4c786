namespace ChwFhir.Fhir.Smart;

/// <summary>Where a browser is sent to have a person let the app in.</summary>
/// <param name="Endpoint"><c>authorization_endpoint</c> of the EHR.</param>
/// <param name="RedirectUri">As registered, letter by letter.</param>
/// <param name="State">Of this one try; see <see cref="RandomText"/>.</param>
/// <param name="Audience">The FHIR base that the token is for: a server in another's place gets nothing out of it.</param>
/// <param name="Challenge">Of <see cref="Pkce"/>.</param>
public sealed record AuthorizationRequest(Uri Endpoint, string ClientId, string RedirectUri, string Scope, string State, string Audience, string Challenge)
{
    /// <summary>What the EHR gave to the launch; null for a standalone launch.</summary>
    public string? Launch { get; init; }

    /// <summary>Comes back in the id_token; null where none is asked for.</summary>
    public string? Nonce { get; init; }

    public Uri ToUri()
    {
        (string Name, string? Value)[] fields =
        [
            ("response_type", "code"), ("client_id", ClientId), ("redirect_uri", RedirectUri), ("launch", Launch), ("scope", Scope), ("state", State),
            ("aud", Audience), ("code_challenge", Challenge), ("code_challenge_method", Pkce.Method), ("nonce", Nonce),
        ];
        var query = string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));
        var address = Endpoint.AbsoluteUri;
        return new Uri($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }
}
