using System.Collections.Concurrent;

namespace ChwFhir.Sandbox.Smart;

/// <summary>Who is registered.</summary>
internal sealed class Clients
{
    private readonly ConcurrentDictionary<string, SandboxClient> byId = new(StringComparer.Ordinal);

    public Clients(IEnumerable<SandboxClient> clients)
    {
        foreach (var client in clients)
            byId[client.Id] = client;
    }

    public SandboxClient? Find(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    public void Register(SandboxClient client) => byId[client.Id] = client;

    /// <summary>Those that a chart can open.</summary>
    public IReadOnlyList<SandboxClient> Launched => [.. byId.Values.Where(client => client.LaunchUrl is not null).OrderBy(client => client.Id, StringComparer.Ordinal)];

    /// <summary>Where apps run that have no server of their own: browsers there may call this one (CORS).</summary>
    public bool IsOriginOfApp(string origin) => byId.Values.Any(client =>
        client.Kind == ClientKind.Public && client.RedirectUris.Any(uri => new Uri(uri).GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase)));
}
