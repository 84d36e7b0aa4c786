using System.Net.Http.Headers;

namespace ChwFhir.Fhir.Smart;

/// <summary>What is posted to a token endpoint, and to the one that ends tokens. Each is good for one request: the assertion in it is used up by it.</summary>
public sealed class TokenRequest
{
    private readonly Uri endpoint;
    private readonly List<KeyValuePair<string, string>> form = [];
    private readonly AuthenticationHeaderValue? authorization;

    private TokenRequest(Uri endpoint, SmartClient client, DateTimeOffset now, params (string Name, string? Value)[] fields)
        : this(endpoint, endpoint, client, now, fields)
    {
    }

    private TokenRequest(Uri endpoint, Uri audience, SmartClient client, DateTimeOffset now, (string Name, string? Value)[] fields)
    {
        this.endpoint = endpoint;
        foreach (var (name, value) in fields)
            Add(name, value);
        switch (client)
        {
            case SmartClient.WithKey key:
                Add("client_assertion_type", ClientAssertion.Type);
                Add("client_assertion", ClientAssertion.Make(key.Id, audience.OriginalString, key.Keys.Signing, now).Reveal());
                break;
            case SmartClient.WithSecret secret:
                authorization = Basic(secret);
                break;
            default:
                Add("client_id", client.Id);
                break;
        }
    }

    /// <summary>SMART Backend Services.</summary>
    /// <param name="scope">Null where the server grants what is registered, as some do.</param>
    public static TokenRequest ClientCredentials(Uri endpoint, SmartClient client, string? scope, DateTimeOffset now) =>
        new(endpoint, client, now, ("grant_type", "client_credentials"), ("scope", scope));

    /// <param name="redirectUri">The same, letter by letter, as in the authorization request.</param>
    public static TokenRequest Code(Uri endpoint, SmartClient client, Secret code, string redirectUri, Pkce pkce, DateTimeOffset now) =>
        new(endpoint, client, now, ("grant_type", "authorization_code"), ("code", code.Reveal()), ("redirect_uri", redirectUri), ("code_verifier", pkce.Verifier.Reveal()));

    /// <param name="scope">Fewer than were granted; null for the same ones.</param>
    public static TokenRequest Refresh(Uri endpoint, SmartClient client, Secret refreshToken, string? scope, DateTimeOffset now) =>
        new(endpoint, client, now, ("grant_type", "refresh_token"), ("refresh_token", refreshToken.Reveal()), ("scope", scope));

    /// <summary>The end of a token (RFC 7009).</summary>
    /// <param name="tokenEndpoint">For which an assertion is made: servers know no other audience.</param>
    /// <param name="hint"><c>refresh_token</c> or <c>access_token</c>.</param>
    public static TokenRequest Revoke(Uri endpoint, Uri tokenEndpoint, SmartClient client, Secret token, string hint, DateTimeOffset now) =>
        new(endpoint, tokenEndpoint, client, now, [("token", token.Reveal()), ("token_type_hint", hint)]);

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.Authorization = authorization;
        return message;
    }

    public override string ToString() => "(token request)";

    private void Add(string name, string? value)
    {
        if (value is { Length: > 0 })
            form.Add(new(name, value));
    }

    // RFC 6749, 2.3.1: both halves are form-encoded first.
    private static AuthenticationHeaderValue Basic(SmartClient.WithSecret client) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Encoded(client.Id)}:{Encoded(client.Password.Reveal())}")));

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
