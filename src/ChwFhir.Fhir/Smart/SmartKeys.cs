using System.Security.Cryptography;

namespace ChwFhir.Fhir.Smart;

/// <summary>
/// The keys of a client. The first one signs; all are shown in the JWKS, so that a new key is known to servers before it signs, and an old one until its last
/// assertion has run out.
/// </summary>
public sealed class SmartKeys : IDisposable
{
    private SmartKeys(IReadOnlyList<SmartKey> all) => All = all;

    public IReadOnlyList<SmartKey> All { get; }

    public SmartKey Signing => All[0];

    public static SmartKeys Of(params IReadOnlyList<SmartKey> keys) =>
        keys.Count == 0 ? throw new SmartKeyException("there is no private key") : new SmartKeys([.. keys.DistinctBy(key => key.Id)]);

    /// <param name="files">One path, or several with commas between them: the first file's first key signs. PEM (PKCS#8, PKCS#1, SEC 1), JWK, or a set of JWKs.</param>
    /// <exception cref="SmartKeyException">A file cannot be read, or holds no key that may sign; the message names the file.</exception>
    public static SmartKeys Load(string files)
    {
        List<SmartKey> keys = [];
        foreach (var file in Paths(files))
        {
            try
            {
                keys.AddRange(SmartKeyText.Read(File.ReadAllText(file)));
            }
            catch (SmartKeyException wrong)
            {
                throw new SmartKeyException($"{file}: {wrong.Message}");
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                throw new SmartKeyException($"{file} cannot be read");
            }
        }

        return Of(keys);
    }

    /// <summary>The paths of <see cref="Load"/>.</summary>
    public static IReadOnlyList<string> Paths(string files) => files.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>PEM or JWK from memory.</summary>
    public static SmartKeys Parse(string text) => Of([.. SmartKeyText.Read(text)]);

    /// <summary>A new private key for ES384, as PEM.</summary>
    public static string NewPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The JSON Web Key Set of the public halves, for <c>/.well-known/jwks.json</c>.</summary>
    public string Jwks() => Jwks(All);

    public static string Jwks(IEnumerable<SmartKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys.DistinctBy(key => key.Id))
                Write(json, key);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public void Dispose()
    {
        foreach (var key in All)
            key.Dispose();
    }

    // Member by member: what is not named here is not told.
    private static void Write(Utf8JsonWriter json, SmartKey key)
    {
        json.WriteStartObject();
        json.WriteString("kty", key.Public.Kty);
        json.WriteString("kid", key.Id);
        json.WriteString("alg", key.Signs);
        json.WriteString("use", "sig");
        (string Name, string Value)[] members = key.Public.Kty == "RSA" ? [("n", key.Public.N), ("e", key.Public.E)] : [("crv", key.Public.Crv), ("x", key.Public.X), ("y", key.Public.Y)];
        foreach (var (name, value) in members)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
