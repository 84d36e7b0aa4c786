using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.SignIn;

/// <summary>How the app shows itself to the two kinds of servers.</summary>
internal sealed class Clients(IOptions<AppOptions> options, ILogger<Clients> logger) : IDisposable
{
    private readonly Lazy<SmartClient> atTheEhr = new(() => Of(options.Value.ClientId!, options.Value.KeyFile, options.Value.ClientSecretFile, logger));
    private readonly Lazy<SmartClient> atTheIssuer = new(() => Of(options.Value.OpenId.ClientId!, null, options.Value.OpenId.ClientSecretFile, logger));

    public SmartClient For(Way way) => way == Way.Smart ? atTheEhr.Value : atTheIssuer.Value;

    public void Dispose()
    {
        if (atTheEhr is { IsValueCreated: true, Value: SmartClient.WithKey { Keys: var keys } })
            keys.Dispose();
    }

    private static SmartClient Of(string id, string? keys, string? secret, ILogger logger)
    {
        if (keys is not null)
            return new SmartClient.WithKey(id, BackendKeys.Load(keys, logger));
        return secret is not null ? new SmartClient.WithSecret(id, new Secret(File.ReadAllText(secret).Trim())) : new SmartClient.Public(id);
    }
}
