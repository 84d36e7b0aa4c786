using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace ChwFhir.Sandbox.Smart;

/// <summary>
/// The public keys of clients: fetched from the registered address and from nowhere else, kept no longer than it says and at most an hour,
/// fetched again for a key that is not known, a few times a minute.
/// </summary>
internal sealed class ClientKeys(TimeProvider clock) : IDisposable
{
    private const int Largest = 64 * 1024;
    private const int FetchesAMinute = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = Largest
    };

    private readonly ConcurrentDictionary<Uri, Known> known = new();

    /// <summary>The keys of this id; the client's registration has to lead to exactly one.</summary>
    public async Task<IReadOnlyList<JsonWebKey>> FindAsync(SandboxClient client, string kid, CancellationToken cancellationToken)
    {
        if (client.Jwks is { } inline)
            return Of(Read(inline), kid);
        var here = known.GetOrAdd(client.JwksUrl!, _ => new Known());
        await here.Gate.WaitAsync(cancellationToken);
        try
        {
            var found = here.Until > clock.GetUtcNow() ? Of(here.Keys, kid) : [];
            if (found.Count > 0 || !here.MayFetch(clock.GetUtcNow()))
                return found;
            await FetchAsync(client.JwksUrl!, here, cancellationToken);
            return here.Until > clock.GetUtcNow() ? Of(here.Keys, kid) : [];
        }
        finally
        {
            here.Gate.Release();
        }
    }

    public void Dispose() => http.Dispose();

    private async Task FetchAsync(Uri url, Known here, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != System.Net.HttpStatusCode.OK)
                return;
            here.Keys = Read(await response.Content.ReadAsStringAsync(cancellationToken));
            var age = response.Headers.CacheControl is { NoStore: true } or { NoCache: true } ? TimeSpan.FromSeconds(1) : response.Headers.CacheControl?.MaxAge ?? Usual;
            here.Until = clock.GetUtcNow() + (age < Longest ? age : Longest) + TimeSpan.FromSeconds(1);
        }
        catch (Exception wrong) when (wrong is HttpRequestException || (wrong is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What was known stays good for as long as it was said to be; who has no key is refused.
        }
    }

    private static List<JsonWebKey> Of(IEnumerable<JsonWebKey> keys, string kid) => [.. keys.Where(key => key.Kid == kid)];

    // A private or symmetric key has no business in a published set; such a set is none.
    private static List<JsonWebKey> Read(string json)
    {
        try
        {
            List<JsonWebKey> keys = [.. new JsonWebKeySet(json).Keys];
            return keys.Exists(key => key.HasPrivateKey || key.Kty is not ("RSA" or "EC")) ? [] : keys;
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private sealed class Known
    {
        private DateTimeOffset minute;
        private int fetches;

        public SemaphoreSlim Gate { get; } = new(1, 1);
        public List<JsonWebKey> Keys { get; set; } = [];
        public DateTimeOffset Until { get; set; }

        public bool MayFetch(DateTimeOffset now)
        {
            if (now - minute >= TimeSpan.FromMinutes(1))
                (minute, fetches) = (now, 0);
            return ++fetches <= FetchesAMinute;
        }
    }
}
