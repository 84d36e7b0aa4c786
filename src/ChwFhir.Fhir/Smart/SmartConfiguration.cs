using ChwFhir.Fhir.Client;

namespace ChwFhir.Fhir.Smart;

/// <summary><c>.well-known/smart-configuration</c> of a FHIR server, as it was read; <see cref="FaultsForLaunch"/> and <see cref="FaultsForBackend"/> say whether it may be used.</summary>
public sealed record SmartConfiguration
{
    /// <summary>Its place under the FHIR base.</summary>
    public const string Path = ".well-known/smart-configuration";

    public string? Issuer { get; init; }

    public string? JwksUri { get; init; }

    public string? AuthorizationEndpoint { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? IntrospectionEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    /// <summary>What a client may ask for; servers may support more than they list.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>SMART's words: <c>client-confidential-asymmetric</c>, <c>permission-v2</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    public IReadOnlyList<string> ChallengeMethods { get; init; } = [];

    public IReadOnlyList<string> TokenEndpointMethods { get; init; } = [];

    public IReadOnlyList<string> SigningAlgorithms { get; init; } = [];

    /// <summary>Its address: under the base, whether that ends in a slash or not.</summary>
    public static Uri AddressUnder(Uri fhirBase) => new($"{fhirBase.AbsoluteUri.TrimEnd('/')}/{Path}");

    /// <returns>Null when this is no JSON object.</returns>
    public static SmartConfiguration? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What keeps a person from being signed in there, each in a sentence; none: it may be used.</summary>
    /// <param name="openId">An id_token will be asked for.</param>
    public IReadOnlyList<string> FaultsForLaunch(Uri fhirBase, bool openId)
    {
        var faults = new List<string>(FaultsForBackend(fhirBase));
        Endpoint(faults, fhirBase, "authorization_endpoint", AuthorizationEndpoint);
        if (!ChallengeMethods.Contains(Pkce.Method))
            faults.Add($"code_challenge_methods_supported does not name {Pkce.Method}");
        if (!openId)
            return faults;

        Endpoint(faults, fhirBase, "issuer", Issuer);
        Endpoint(faults, fhirBase, "jwks_uri", JwksUri);
        // Whoever holds the keys says who a person is: they belong to one of those who are trusted already.
        if (faults.Count == 0 && !new[] { fhirBase, new Uri(Issuer!), new Uri(TokenEndpoint!), new Uri(AuthorizationEndpoint!) }.Any(known => OutsideAddress.SameOrigin(known, new Uri(JwksUri!))))
            faults.Add("jwks_uri is on another origin than the FHIR base, the issuer and the token endpoint");
        return faults;
    }

    /// <summary>What keeps the service from being given a token there; none: it may be used.</summary>
    public IReadOnlyList<string> FaultsForBackend(Uri fhirBase)
    {
        List<string> faults = [];
        Endpoint(faults, fhirBase, "token_endpoint", TokenEndpoint);
        return faults;
    }

    private static void Endpoint(List<string> faults, Uri fhirBase, string name, string? text)
    {
        if (text is null)
            faults.Add($"{name} is missing");
        else if (OutsideAddress.Fault(fhirBase, text) is { } fault)
            faults.Add($"{name} {fault}");
    }

    private static SmartConfiguration Read(JsonElement root) => new()
    {
        Issuer = TokenGrant.Text(root, "issuer"),
        JwksUri = TokenGrant.Text(root, "jwks_uri"),
        AuthorizationEndpoint = TokenGrant.Text(root, "authorization_endpoint"),
        TokenEndpoint = TokenGrant.Text(root, "token_endpoint"),
        IntrospectionEndpoint = TokenGrant.Text(root, "introspection_endpoint"),
        RevocationEndpoint = TokenGrant.Text(root, "revocation_endpoint"),
        Scopes = List(root, "scopes_supported"),
        Capabilities = List(root, "capabilities"),
        GrantTypes = List(root, "grant_types_supported"),
        ChallengeMethods = List(root, "code_challenge_methods_supported"),
        TokenEndpointMethods = List(root, "token_endpoint_auth_methods_supported"),
        SigningAlgorithms = List(root, "token_endpoint_auth_signing_alg_values_supported"),
    };

    private static string[] List(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];
}
