using System.Security.Cryptography;
using System.Text.Json;
using ChwFhir.Fhir.Smart;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Smart;

public sealed class When_keys_are_read
{
    private static readonly string[] OpenMembers = ["kty", "kid", "alg", "use", "n", "e", "crv", "x", "y"];
    // They live as long as the process.
#pragma warning disable NUnit1032
    private static readonly RSA TheRsa = RSA.Create(2048);
    private static readonly ECDsa TheCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
#pragma warning restore NUnit1032

    public static IEnumerable<TestCaseData> Forms()
    {
        yield return new TestCaseData(TheRsa.ExportPkcs8PrivateKeyPem(), "RS384").SetArgDisplayNames("PKCS#8 RSA");
        yield return new TestCaseData(TheRsa.ExportRSAPrivateKeyPem(), "RS384").SetArgDisplayNames("PKCS#1");
        yield return new TestCaseData(TheCurve.ExportPkcs8PrivateKeyPem(), "ES384").SetArgDisplayNames("PKCS#8 P-384");
        yield return new TestCaseData($"# made on a Monday\n{TheCurve.ExportSubjectPublicKeyInfoPem()}\n{TheCurve.ExportECPrivateKeyPem()}\n", "ES384").SetArgDisplayNames("SEC 1 with words and the public half before it");
        yield return new TestCaseData(PrivateJwk(TheRsa), "RS384").SetArgDisplayNames("JWK RSA");
        yield return new TestCaseData(PrivateJwk(TheCurve), "ES384").SetArgDisplayNames("JWK P-384");
        yield return new TestCaseData($$"""{"keys":[{{PrivateJwk(TheCurve)}}]}""", "ES384").SetArgDisplayNames("set of JWKs");
    }

    [TestCaseSource(nameof(Forms))]
    public void The_usual_forms_are_understood_and_name_the_key_alike(string text, string algorithm)
    {
        using var keys = SmartKeys.Parse(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(keys.Signing.Signs, Is.EqualTo(algorithm));
            Assert.That(keys.Signing.Id, Is.EqualTo(Thumbprint(algorithm == "RS384" ? new RsaSecurityKey(TheRsa) : new ECDsaSecurityKey(TheCurve))));
        }
    }

    [Test]
    public void The_name_of_a_key_is_the_thumbprint_of_RFC_7638()
    {
        // The key of the RFC's own example (3.1), whose private half nobody has: only its name is compared.
        const string json = """{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""";
        var jwk = new JsonWebKey(json);
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(jwk.N), Exponent = Base64UrlEncoder.DecodeBytes(jwk.E) });

        Assert.That(SmartKey.Of(rsa).Id, Is.EqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    }

    [Test]
    public void The_key_set_shows_public_members_only()
    {
        using var keys = SmartKeys.Of(SomeKey.Rsa(), SomeKey.Elliptic());

        using var json = JsonDocument.Parse(keys.Jwks());

        var shown = json.RootElement.GetProperty("keys").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown, Has.Count.EqualTo(2));
            Assert.That(shown.SelectMany(key => key.EnumerateObject()).Select(member => member.Name).Distinct(), Is.SubsetOf(OpenMembers));
            Assert.That(shown.Select(key => key.GetProperty("kid").GetString()), Is.Unique);
            Assert.That(new JsonWebKeySet(keys.Jwks()).Keys.Select(key => key.HasPrivateKey), Is.All.False);
        }
    }

    [Test]
    public void The_first_of_several_files_signs_and_all_are_shown()
    {
        var folder = Directory.CreateTempSubdirectory("chwfhir-keys").FullName;
        File.WriteAllText(Path.Combine(folder, "new.pem"), TheCurve.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "old.pem"), TheRsa.ExportPkcs8PrivateKeyPem());

        using var keys = SmartKeys.Load($"{folder}/new.pem, {folder}/old.pem");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(keys.Signing.Signs, Is.EqualTo("ES384"));
            Assert.That(keys.All, Has.Count.EqualTo(2));
        }
        Directory.Delete(folder, recursive: true);
    }

    public static IEnumerable<TestCaseData> Unfit()
    {
        yield return new TestCaseData(RSA.Create(1024).ExportPkcs8PrivateKeyPem(), "1024 bits").SetArgDisplayNames("short RSA");
        yield return new TestCaseData(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(), "P-384").SetArgDisplayNames("P-256");
        yield return new TestCaseData(TheRsa.ExportSubjectPublicKeyInfoPem(), "no private key").SetArgDisplayNames("public PEM");
        yield return new TestCaseData(SmartKeys.Of(SmartKey.Of(TheRsa)).Jwks(), "no private key").SetArgDisplayNames("public set");
        yield return new TestCaseData(TheRsa.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)), "password").SetArgDisplayNames("locked");
        yield return new TestCaseData("""{"kty":"oct","k":"bWFya2Vy","d":"bWFya2Vy"}""", "neither").SetArgDisplayNames("symmetric JWK");
        yield return new TestCaseData("-----BEGIN PRIVATE KEY-----\nbWFya2VyLTlmMg==\n-----END PRIVATE KEY-----", "cannot be read").SetArgDisplayNames("no key in PEM");
        yield return new TestCaseData("""{"kty":"EC","crv":"P-384","d":"marker-9f2!"}""", "cannot be read").SetArgDisplayNames("broken JWK");
        yield return new TestCaseData("marker-9f2", "no private key").SetArgDisplayNames("words");
    }

    [TestCaseSource(nameof(Unfit))]
    public void A_key_that_cannot_sign_is_told_without_its_content(string text, string told) =>
        Assert.That(() => SmartKeys.Parse(text), Throws.TypeOf<SmartKeyException>().With.Message.Contains(told).And.Message.Not.Contains("marker-9f2").And.Message.Not.Contains("bWFya2Vy"));

    [Test]
    public void A_file_that_is_not_there_is_told_by_its_name() =>
        Assert.That(() => SmartKeys.Load("/nowhere/key.pem"), Throws.TypeOf<SmartKeyException>().With.Message.Contains("/nowhere/key.pem"));

    private static string Thumbprint(SecurityKey key) => Base64UrlEncoder.Encode(JsonWebKeyConverter.ConvertFromSecurityKey(key).ComputeJwkThumbprint());

    private static string PrivateJwk(RSA rsa)
    {
        var key = rsa.ExportParameters(true);
        return JsonSerializer.Serialize(new { kty = "RSA", n = Text(key.Modulus), e = Text(key.Exponent), d = Text(key.D), p = Text(key.P), q = Text(key.Q), dp = Text(key.DP), dq = Text(key.DQ), qi = Text(key.InverseQ) });
    }

    private static string PrivateJwk(ECDsa ec)
    {
        var key = ec.ExportParameters(true);
        return JsonSerializer.Serialize(new { kty = "EC", crv = "P-384", d = Text(key.D), x = Text(key.Q.X), y = Text(key.Q.Y) });
    }

    private static string Text(byte[]? bytes) => Base64UrlEncoder.Encode(bytes!);
}
