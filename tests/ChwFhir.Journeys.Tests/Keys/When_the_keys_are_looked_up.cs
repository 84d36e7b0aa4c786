using System.Net;
using System.Text.Json;
using ChwFhir.Api.Host;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Journeys.Keys;

/// <summary>As an EHR looks them up: no token, no redirect, and a library that this project did not write.</summary>
internal sealed class When_the_keys_are_looked_up
{
    private static readonly DateTimeOffset TheTime = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("chwfhir-jwks").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Anybody_is_answered_at_once_and_may_keep_it_for_a_while()
    {
        await using var town = await Town.StartAsync(("Auth__Mode", "jwt"), ("Auth__Authority", "http://localhost:1"), ("Auth__Audience", "chwfhir"), ("Auth__Panel", "open"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = town.BaseUrl };

        using var answer = await http.GetAsync("/.well-known/jwks.json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
            Assert.That((answer.Headers.CacheControl?.Public, answer.Headers.CacheControl?.MaxAge, answer.Headers.CacheControl?.NoStore), Is.EqualTo(((bool?)true, (TimeSpan?)TimeSpan.FromHours(1), (bool?)false)));
            Assert.That(new JsonWebKeySet(await answer.Content.ReadAsStringAsync()).Keys, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task The_keys_of_the_write_back_and_of_the_app_stand_side_by_side_without_their_private_halves()
    {
        var (write, app) = (Key("write.pem"), Key("app.pem"));
        await using var town = await Town.StartAsync(("Ehr__Auth__Mode", "backend"), ("Ehr__Auth__ClientId", "x"), ("Ehr__Auth__KeyFile", write), ("App__KeyFile", app));

        var text = await town.Http.GetStringAsync("/.well-known/jwks.json");

        using var json = JsonDocument.Parse(text);
        var members = json.RootElement.GetProperty("keys").EnumerateArray().SelectMany(key => key.EnumerateObject()).Select(member => member.Name).Distinct();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new JsonWebKeySet(text).Keys.Select(key => key.Kid), Is.EqualTo(new[] { Name(write), Name(app) }));
            Assert.That(members, Is.EquivalentTo(new[] { "kty", "kid", "alg", "use", "crv", "x", "y" }));
        }
    }

    [Test]
    public async Task While_keys_change_the_old_one_still_proves_what_it_signed_and_the_new_one_signs()
    {
        var (old, next) = (Key("old.pem"), Key("next.pem"));
        using var before = SmartKeys.Load(old);
        var underWay = ClientAssertion.Make("chw", "https://ehr.test/token", before.Signing, TheTime);
        await using var town = await Town.StartAsync(("Ehr__Auth__Mode", "backend"), ("Ehr__Auth__ClientId", "x"), ("Ehr__Auth__KeyFile", $"{next},{old}"));
        using var after = SmartKeys.Load($"{next},{old}");
        var signed = ClientAssertion.Make("chw", "https://ehr.test/token", after.Signing, TheTime);

        var jwks = await town.Http.GetStringAsync("/.well-known/jwks.json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ProvenByAsync(underWay, jwks), Is.EqualTo(Name(old)));
            Assert.That(await ProvenByAsync(signed, jwks), Is.EqualTo(Name(next)));
        }
    }

    [Test]
    public async Task In_Development_the_service_and_the_sandbox_use_real_tokens_for_a_key_that_only_its_owner_may_read()
    {
        await using var town = await Town.StartAsync(("Storage__Directory", folder), ("Ehr__Sandbox__Tokens", "required"));

        var capabilities = await town.Services.GetRequiredService<EhrConnection>().CapabilitiesAsync(default);
        using var strange = await town.Ehr.GetAsync("Patient/rosa-m");

        var key = Path.Combine(folder, "smart-key.pem");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities, Is.Not.Null, town.Log.Text);
            Assert.That(strange.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "nobody else comes in without a token");
            Assert.That(DevelopmentKey.IsOne(key), Is.True);
            if (!OperatingSystem.IsWindows())
                Assert.That(File.GetUnixFileMode(key), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(town.Log.Text, Does.Not.Contain(File.ReadAllLines(key)[2]));
        }
    }

    [Test]
    public async Task The_key_of_Development_stays_the_same_over_restarts()
    {
        string first;
        await using (var town = await Town.StartAsync(("Storage__Directory", folder)))
            first = await town.Http.GetStringAsync("/.well-known/jwks.json");

        await using var again = await Town.StartAsync(("Storage__Directory", folder));

        Assert.That(await again.Http.GetStringAsync("/.well-known/jwks.json"), Is.EqualTo(first));
    }

    private string Key(string name)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, SmartKeys.NewPem());
        return path;
    }

    private static string Name(string file)
    {
        using var keys = SmartKeys.Load(file);
        return keys.Signing.Id;
    }

    private static async Task<string?> ProvenByAsync(Secret assertion, string jwks)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(assertion.Reveal(), new TokenValidationParameters
        {
            ValidIssuer = "chw",
            ValidAudience = "https://ehr.test/token",
            ValidAlgorithms = ["RS384", "ES384"],
            IssuerSigningKeys = new JsonWebKeySet(jwks).GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (_, expires, _, _) => expires > TheTime.UtcDateTime,
        });
        return result.IsValid ? ((JsonWebToken)result.SecurityToken).Kid : result.Exception.Message;
    }
}
