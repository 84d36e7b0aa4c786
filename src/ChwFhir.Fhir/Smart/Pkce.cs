using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Fhir.Smart;

/// <summary>Proof that whoever redeems a code is who asked for it (RFC 7636). Only S256: SMART forbids <c>plain</c>.</summary>
/// <param name="Verifier">Stays on the server until the code is redeemed.</param>
/// <param name="Challenge">Goes into the authorization request.</param>
public sealed record Pkce(Secret Verifier, string Challenge)
{
    public const string Method = "S256";

    public static Pkce New() => Of(RandomText.New());

    /// <param name="verifier">43 to 128 letters, digits and <c>-._~</c>.</param>
    public static Pkce Of(string verifier) => new(new Secret(verifier), Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
}
