using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Fhir.Smart;

/// <summary>Words that nobody guesses: <c>state</c>, <c>nonce</c>, <c>jti</c>, the verifier of PKCE.</summary>
public static class RandomText
{
    /// <summary>256 bits from the system's generator as 43 letters that may stand in any URL.</summary>
    public static string New() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}
