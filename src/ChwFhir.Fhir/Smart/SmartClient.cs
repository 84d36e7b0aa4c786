namespace ChwFhir.Fhir.Smart;

/// <summary>Who asks for tokens, and how that client shows that it is who it says.</summary>
public abstract record SmartClient(string Id)
{
    /// <summary>Nothing to show: PKCE alone protects the code.</summary>
    public sealed record Public(string Id) : SmartClient(Id);

    /// <summary><c>client_secret_basic</c>.</summary>
    public sealed record WithSecret(string Id, Secret Password) : SmartClient(Id);

    /// <summary><c>private_key_jwt</c>.</summary>
    public sealed record WithKey(string Id, SmartKeys Keys) : SmartClient(Id);
}
