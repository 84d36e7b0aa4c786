namespace ChwFhir.Sandbox.Smart;

/// <summary>What a client was given, by a person or by its registration. Every code and token of it hangs on this one object and ends with it.</summary>
internal sealed class Grant
{
    public required SandboxClient Client { get; init; }
    public required ScopeSet Scopes { get; init; }

    /// <summary>When the person signed in.</summary>
    public required DateTimeOffset Since { get; init; }

    public SandboxUser? User { get; init; }
    public string? Patient { get; init; }
    public string? Encounter { get; init; }
    public string? Nonce { get; init; }

    public bool IsRevoked { get; private set; }

    public void Revoke() => IsRevoked = true;
}
