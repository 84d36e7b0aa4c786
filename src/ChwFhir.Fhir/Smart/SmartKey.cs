using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Fhir.Smart;

/// <summary>One private key that signs client assertions: RSA of at least 2048 bits (RS384) or P-384 (ES384), the two that SMART names.</summary>
public sealed class SmartKey : IDisposable
{
    internal const int LeastRsaBits = 2048;
    private readonly AsymmetricAlgorithm algorithm;

    private SmartKey(AsymmetricAlgorithm algorithm, JsonWebKey open, string signs)
    {
        this.algorithm = algorithm;
        // RFC 7638: the same key has the same name wherever it is read, and no two keys share one.
        Id = Base64UrlEncoder.Encode(open.ComputeJwkThumbprint());
        Signs = signs;
        open.Kid = Id;
        open.Alg = signs;
        open.Use = "sig";
        Public = open;
    }

    /// <summary><c>kid</c>: the thumbprint of RFC 7638.</summary>
    public string Id { get; }

    /// <summary><c>RS384</c> or <c>ES384</c>.</summary>
    public string Signs { get; }

    /// <summary>The half that everybody may see.</summary>
    public JsonWebKey Public { get; }

    /// <exception cref="SmartKeyException">Too short, or on another curve.</exception>
    public static SmartKey Of(RSA rsa)
    {
        if (rsa.KeySize < LeastRsaBits)
            throw new SmartKeyException($"the RSA key has {rsa.KeySize} bits; at least {LeastRsaBits} are needed");
        var open = rsa.ExportParameters(includePrivateParameters: false);
        return new SmartKey(rsa, new JsonWebKey { Kty = "RSA", N = Base64UrlEncoder.Encode(open.Modulus!), E = Base64UrlEncoder.Encode(open.Exponent!) }, "RS384");
    }

    /// <exception cref="SmartKeyException">Another curve than P-384.</exception>
    public static SmartKey Of(ECDsa ec)
    {
        var open = ec.ExportParameters(includePrivateParameters: false);
        if (open.Curve.Oid.Value != ECCurve.NamedCurves.nistP384.Oid.Value)
            throw new SmartKeyException("the elliptic key is on another curve than P-384, which ES384 needs");
        return new SmartKey(ec, new JsonWebKey { Kty = "EC", Crv = "P-384", X = Base64UrlEncoder.Encode(open.Q.X!), Y = Base64UrlEncoder.Encode(open.Q.Y!) }, "ES384");
    }

    public void Dispose() => algorithm.Dispose();

    public override string ToString() => $"(key {Id})";

    internal SigningCredentials Credentials()
    {
        SecurityKey key = algorithm is RSA rsa ? new RsaSecurityKey(rsa) : new ECDsaSecurityKey((ECDsa)algorithm);
        key.KeyId = Id;
        // A cache of signers would outlive the key.
        key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
        return new SigningCredentials(key, Signs);
    }
}
