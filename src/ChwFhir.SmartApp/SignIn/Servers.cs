using System.Collections.Concurrent;
using System.Text.Json;
using System.Text;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>What the authorization servers say of themselves, from a copy at most ten minutes old.</summary>
internal sealed partial class Servers(Outside outside, OutsideRefusals refusals, TimeProvider clock, ILogger<Servers> logger)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(Way, string), (AuthorizationServer Server, DateTimeOffset Until)> known = new();

    /// <param name="iss">From the allow-list, or the issuer of the settings.</param>
    /// <exception cref="TroubleException">It does not answer, or cannot be used.</exception>
    public async Task<AuthorizationServer> FindAsync(Way way, string iss, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((way, iss), out var one) && clock.GetUtcNow() < one.Until)
            return one.Server;

        var server = way == Way.Smart ? await EhrAsync(iss, cancellationToken) : await IssuerAsync(iss, cancellationToken);
        known[(way, iss)] = (server, clock.GetUtcNow() + Age);
        return server;
    }

    private async Task<AuthorizationServer> EhrAsync(string iss, CancellationToken cancellationToken)
    {
        var fhirBase = new Uri(iss);
        var body = await outside.ReadAsync(SmartConfiguration.AddressUnder(fhirBase), cancellationToken) ?? throw new TroubleException(Trouble.ServerNotAnswering);
        var said = SmartConfiguration.Read(body) ?? throw new TroubleException(Trouble.ServerUnfit);
        return Fit(said.FaultsForLaunch(fhirBase, openId: true)) ? new AuthorizationServer(said.Issuer!, new Uri(said.AuthorizationEndpoint!), new Uri(said.TokenEndpoint!), new Uri(said.JwksUri!), Remembers(said)) { NamesItself = NamesItself(body), RevocationEndpoint = Revocation(fhirBase, said.RevocationEndpoint) }
            : throw new TroubleException(Trouble.ServerUnfit);
    }

    private async Task<AuthorizationServer> IssuerAsync(string authority, CancellationToken cancellationToken)
    {
        var home = new Uri(authority);
        var body = await outside.ReadAsync(new Uri($"{authority.TrimEnd('/')}/.well-known/openid-configuration"), cancellationToken) ?? throw new TroubleException(Trouble.ServerNotAnswering);
        var said = Read(body) ?? throw new TroubleException(Trouble.ServerUnfit);
        string?[] addresses = [said.AuthorizationEndpoint, said.TokenEndpoint, said.JwksUri];
        List<string> faults = [.. addresses.Select(address => address is null ? "an endpoint is missing" : OutsideAddress.Fault(home, address)).OfType<string>()];
        // OpenID Connect Discovery, 4.3: who answers is who was asked.
        if (said.Issuer?.TrimEnd('/') != authority.TrimEnd('/'))
            faults.Add("issuer is another than was asked");
        if (said.CodeChallengeMethodsSupported.Count > 0 && !said.CodeChallengeMethodsSupported.Contains(Pkce.Method))
            faults.Add($"code_challenge_methods_supported does not name {Pkce.Method}");
        return Fit(faults) ? new AuthorizationServer(said.Issuer!, new Uri(said.AuthorizationEndpoint), new Uri(said.TokenEndpoint), new Uri(said.JwksUri), null) { NamesItself = NamesItself(body) }
            : throw new TroubleException(Trouble.ServerUnfit);
    }

    private static OpenIdConnectConfiguration? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return OpenIdConnectConfiguration.Create(Encoding.UTF8.GetString(json.Span));
        }
        catch (Exception wrong) when (wrong is ArgumentException or JsonException)
        {
            return null;
        }
    }

    // RFC 9207, 3.
    private static bool NamesItself(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("authorization_response_iss_parameter_supported", out var says) && says.ValueKind == JsonValueKind.True;
    }

    // The session lives no longer than somebody sits before it; where the server knows no such thing, a token that outlives them does as well: it is ours alone.
    private static string? Remembers(SmartConfiguration said) =>
        said.Capabilities.Contains("permission-online") ? "online_access" : said.Capabilities.Contains("permission-offline") ? "offline_access" : null;

    private bool Fit(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            refusals.Tell(Outside.Name, fault);
            Log.Unfit(logger, fault);
        }
        return faults.Count == 0;
    }

    // Nobody is kept out for want of it.
    private Uri? Revocation(Uri fhirBase, string? address)
    {
        if (address is null)
            return null;
        if (OutsideAddress.Fault(fhirBase, address) is not { } fault)
            return new Uri(address);
        refusals.Tell(Outside.Name, $"revocation_endpoint {fault}");
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Nobody can be signed in by the authorization server: {Fault}.")]
        public static partial void Unfit(ILogger logger, string fault);
    }
}
