using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Fhir.Smart;

/// <summary>Reads private keys as people keep them: PEM of any usual kind, a JWK, a set of JWKs.</summary>
internal static class SmartKeyText
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EllipticKey = "1.2.840.10045.2.1";

    public static IEnumerable<SmartKey> Read(string text)
    {
        try
        {
            return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{') ? [.. Jwks(text)] : [.. Pems(text)];
        }
        // Their messages may hold what they could not read.
        catch (Exception unreadable) when (unreadable is CryptographicException or System.Formats.Asn1.AsnContentException or JsonException or ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new SmartKeyException("the key cannot be read: PEM or JWK of a private RSA or P-384 key is needed");
        }
    }

    private static IEnumerable<SmartKey> Pems(string text)
    {
        var found = false;
        for (var rest = text; PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            var pem = rest[fields.Location];
            switch (rest[fields.Label])
            {
                case "PRIVATE KEY":
                    yield return Pkcs8(pem);
                    break;
                case "RSA PRIVATE KEY":
                    yield return Rsa(pem);
                    break;
                case "EC PRIVATE KEY":
                    yield return Elliptic(pem);
                    break;
                case "ENCRYPTED PRIVATE KEY":
                    throw new SmartKeyException("the key is locked by a password; keep it in a file that only the service can read, or in a mounted secret");
                // Parameters of a curve, certificates, the public half.
                default:
                    continue;
            }

            found = true;
        }

        if (!found)
            throw new SmartKeyException("there is no private key in it");
    }

    private static SmartKey Pkcs8(string pem)
    {
        var bytes = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        var sequence = new System.Formats.Asn1.AsnReader(bytes, System.Formats.Asn1.AsnEncodingRules.BER).ReadSequence();
        sequence.ReadInteger();
        return sequence.ReadSequence().ReadObjectIdentifier() switch
        {
            RsaKey => Rsa(pem),
            EllipticKey => Elliptic(pem),
            _ => throw new SmartKeyException("it is neither an RSA nor an elliptic key"),
        };
    }

    private static SmartKey Rsa(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return SmartKey.Of(rsa);
    }

    private static SmartKey Elliptic(string pem)
    {
        var ec = ECDsa.Create();
        ec.ImportFromPem(pem);
        return SmartKey.Of(ec);
    }

    private static IEnumerable<SmartKey> Jwks(string text)
    {
        using var json = JsonDocument.Parse(text);
        if (!json.RootElement.TryGetProperty("keys", out var keys))
            return [Jwk(json.RootElement)];
        // A set that is used elsewhere too may hold keys for other ends.
        SmartKey[] read = keys.ValueKind == JsonValueKind.Array ? [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object && key.TryGetProperty("d", out _)).Select(Jwk)] : [];
        return read.Length > 0 ? read : throw new SmartKeyException("there is no private key in it");
    }

    private static SmartKey Jwk(JsonElement jwk)
    {
        if (Bytes("d") is not { } secret)
            throw new SmartKeyException("it is a public key; the private one is needed");

        return (jwk.TryGetProperty("kty", out var kind) ? kind.GetString() : null) switch
        {
            "RSA" => SmartKey.Of(RSA.Create(new RSAParameters { Modulus = Bytes("n"), Exponent = Bytes("e"), D = secret, P = Bytes("p"), Q = Bytes("q"), DP = Bytes("dp"), DQ = Bytes("dq"), InverseQ = Bytes("qi") })),
            "EC" when jwk.GetProperty("crv").GetString() == "P-384" =>
                SmartKey.Of(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP384, D = secret, Q = new ECPoint { X = Bytes("x"), Y = Bytes("y") } })),
            "EC" => throw new SmartKeyException("the elliptic key is on another curve than P-384, which ES384 needs"),
            _ => throw new SmartKeyException("it is neither an RSA nor an elliptic key"),
        };

        byte[]? Bytes(string name) => jwk.TryGetProperty(name, out var member) && member.GetString() is { Length: > 0 } text ? Base64UrlEncoder.DecodeBytes(text) : null;
    }
}
