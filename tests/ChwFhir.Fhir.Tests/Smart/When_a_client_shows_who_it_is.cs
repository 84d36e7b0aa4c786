using System.Text.Json;
using ChwFhir.Fhir.Smart;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace ChwFhir.Fhir.Tests.Smart;

/// <summary>Checked as a server would, by Microsoft.IdentityModel, with nothing but the published key set.</summary>
public sealed class When_a_client_shows_who_it_is
{
    private const string Endpoint = "https://ehr.test/oauth2/token";
    private static readonly DateTimeOffset TheTime = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [TestCase("RS384")]
    [TestCase("ES384")]
    public async Task The_published_keys_prove_the_assertion(string algorithm)
    {
        using var keys = SmartKeys.Of(algorithm == "RS384" ? SomeKey.Rsa() : SomeKey.Elliptic());

        var jwt = await ProvenAsync(ClientAssertion.Make("chw", Endpoint, keys.Signing, TheTime), keys.Jwks());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jwt.Alg, Is.EqualTo(algorithm));
            Assert.That(jwt.Typ, Is.EqualTo("JWT"));
            Assert.That(jwt.Kid, Is.EqualTo(keys.Signing.Id));
            Assert.That(jwt.Issuer, Is.EqualTo("chw"));
            Assert.That(jwt.Subject, Is.EqualTo("chw"));
            Assert.That(jwt.Audiences, Is.EqualTo(new[] { Endpoint }));
        }
    }

    [Test]
    public void It_is_good_for_less_than_five_minutes_and_not_made_in_the_future()
    {
        using var key = SomeKey.Elliptic();

        var jwt = new JsonWebToken(ClientAssertion.Make("chw", Endpoint, key, TheTime).Reveal());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jwt.ValidTo - TheTime.UtcDateTime, Is.GreaterThan(TimeSpan.FromMinutes(1)).And.LessThan(TimeSpan.FromMinutes(5)));
            Assert.That(jwt.IssuedAt, Is.EqualTo(TheTime.UtcDateTime));
            Assert.That(jwt.TryGetClaim("nbf", out _), Is.False);
        }
    }

    [Test]
    public void No_two_assertions_have_the_same_number()
    {
        using var key = SomeKey.Elliptic();

        var numbers = Enumerable.Range(0, 500).Select(_ => new JsonWebToken(ClientAssertion.Make("chw", Endpoint, key, TheTime).Reveal()).Id).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(numbers, Is.Unique);
            Assert.That(numbers.Select(number => number.Length), Is.All.InRange(22, 151));
        }
    }

    [Test]
    public async Task Another_clients_keys_do_not_prove_it()
    {
        using var ours = SomeKey.Elliptic();
        using var others = SmartKeys.Of(SomeKey.Elliptic());

        var result = await CheckAsync(ClientAssertion.Make("chw", Endpoint, ours, TheTime), others.Jwks());

        Assert.That(result.IsValid, Is.False);
    }

    [Test]
    public async Task While_keys_change_the_old_and_the_new_are_both_believed()
    {
        using var old = SomeKey.Rsa();
        using var next = SomeKey.Elliptic();
        var before = SmartKeys.Of(old, next);
        var after = SmartKeys.Of(next, old);

        var signedBefore = ClientAssertion.Make("chw", Endpoint, before.Signing, TheTime);
        var signedAfter = ClientAssertion.Make("chw", Endpoint, after.Signing, TheTime);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ProvenAsync(signedBefore, after.Jwks())).Kid, Is.EqualTo(old.Id), "an assertion that was under way");
            Assert.That((await ProvenAsync(signedAfter, before.Jwks())).Kid, Is.EqualTo(next.Id), "a server that still has the set of yesterday");
        }
    }

    [Test]
    public void The_assertion_does_not_print()
    {
        using var key = SomeKey.Elliptic();

        var assertion = ClientAssertion.Make("chw", Endpoint, key, TheTime);

        using (Assert.EnterMultipleScope())
        {
            Assert.That($"{assertion} {key}", Does.Not.Contain(assertion.Reveal()[..20]));
            Assert.That(JsonSerializer.Serialize(assertion), Is.EqualTo("{}"));
        }
    }

    internal static async Task<JsonWebToken> ProvenAsync(Secret assertion, string jwks)
    {
        var result = await CheckAsync(assertion, jwks);
        Assert.That(result.Exception, Is.Null);
        return (JsonWebToken)result.SecurityToken;
    }

    private static Task<TokenValidationResult> CheckAsync(Secret assertion, string jwks) => new JsonWebTokenHandler().ValidateTokenAsync(assertion.Reveal(), new TokenValidationParameters
    {
        ValidIssuer = "chw",
        ValidAudience = Endpoint,
        ValidAlgorithms = ["RS384", "ES384"],
        IssuerSigningKeys = new JsonWebKeySet(jwks).GetSigningKeys(),
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        LifetimeValidator = (_, expires, _, _) => expires > TheTime.UtcDateTime && expires <= TheTime.UtcDateTime.AddMinutes(5),
    });
}
