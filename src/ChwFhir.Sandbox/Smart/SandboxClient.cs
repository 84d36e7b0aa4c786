namespace ChwFhir.Sandbox.Smart;

/// <summary>An app or a service that is registered with the sandbox's authorization server.</summary>
public sealed record SandboxClient
{
    public const string AppId = "chwfhir-app";
    public const string BackendId = "chwfhir-backend";

    /// <summary>What an app may ask for unless its registration says otherwise: to read, with the person who signed in.</summary>
    public const string UserScopes = "openid fhirUser profile launch launch/patient launch/encounter offline_access online_access patient/*.rs user/*.rs";

    public required string Id { get; init; }

    /// <summary>As people are told it when they sign in.</summary>
    public string? Name { get; init; }

    public ClientKind Kind { get; init; } = ClientKind.PrivateKeyJwt;

    public string? Secret { get; init; }

    /// <summary>Where its public keys are: https, or http on this machine. Or they stand in <see cref="Jwks"/>.</summary>
    public Uri? JwksUrl { get; init; }

    /// <summary>A JWK Set as JSON.</summary>
    public string? Jwks { get; init; }

    /// <summary>Compared letter by letter. A client with none cannot sign people in.</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Where the EHR opens it; null keeps it out of the chart's pages.</summary>
    public string? LaunchUrl { get; init; }

    /// <summary>The most that it is given. With a scope of the level <c>system</c> it may come on its own (client_credentials).</summary>
    public string Scopes { get; init; } = UserScopes;

    /// <summary>The service's own app and the service itself, as they are registered when nothing else is said.</summary>
    /// <param name="service">The outside address of the service (<c>PublicUrl</c>).</param>
    public static IReadOnlyList<SandboxClient> Usual(Uri service)
    {
        var root = service.AbsoluteUri.TrimEnd('/');
        var keys = new Uri($"{root}/.well-known/jwks.json");
        return
        [
            new() { Id = AppId, Name = "ChwFhir", JwksUrl = keys, RedirectUris = [$"{root}/smart/callback"], LaunchUrl = $"{root}/smart/launch" },
            new() { Id = BackendId, Name = "ChwFhir write-back", JwksUrl = keys, Scopes = "system/*.crus" }
        ];
    }

    /// <summary>Without its secret.</summary>
    public override string ToString() => Id;

    internal IEnumerable<string> Faults()
    {
        if (Id.Length is 0 or > 100)
            yield return "Ehr__Sandbox__Clients: each needs an Id of at most 100 letters.";
        if (Kind == ClientKind.PrivateKeyJwt && (JwksUrl is null) == (Jwks is null))
            yield return $"Ehr__Sandbox__Clients: {Id} needs a JwksUrl or Jwks, and not both.";
        if (Kind == ClientKind.Secret && Secret is not { Length: >= 16 })
            yield return $"Ehr__Sandbox__Clients: {Id} needs a Secret of at least 16 letters.";
        foreach (var address in RedirectUris.Append(LaunchUrl).Append(JwksUrl?.OriginalString).OfType<string>())
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0 || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
                yield return $"Ehr__Sandbox__Clients: an address of {Id} is not https, or http on this machine, without a fragment.";
    }
}
