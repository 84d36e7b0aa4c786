namespace ChwFhir.Sandbox.Smart;

/// <summary>How a client shows who it is at the token endpoint.</summary>
public enum ClientKind
{
    /// <summary>It cannot keep a secret: its id and PKCE are all.</summary>
    Public,

    /// <summary>A shared secret, by HTTP Basic or in the form.</summary>
    Secret,

    /// <summary>A signed assertion (<c>private_key_jwt</c>), checked with the client's published keys.</summary>
    PrivateKeyJwt
}
