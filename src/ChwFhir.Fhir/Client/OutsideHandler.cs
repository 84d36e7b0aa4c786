using System.Net;
using System.Net.Sockets;

namespace ChwFhir.Fhir.Client;

/// <summary>
/// Connections to addresses that somebody else named. What a name leads to is looked up and judged in the moment of connecting, so that a name that
/// changes its mind in between leads nowhere: this machine, its wire and the house's own network are closed to it, unless the site itself has set an
/// address of that kind. No redirect is followed, no cookie kept.
/// </summary>
public static class OutsideHandler
{
    /// <param name="trusted">Addresses that the site has set: always open, and their kind of network (the house's own, this machine) is open to their neighbours.</param>
    /// <param name="refused">Is told why an address was not spoken to.</param>
    public static HttpMessageHandler Create(IReadOnlyList<Uri> trusted, TimeSpan connectTimeout, Action<string>? refused = null) => Create(trusted, connectTimeout, Dns.GetHostAddressesAsync, refused);

    internal static HttpMessageHandler Create(IReadOnlyList<Uri> trusted, TimeSpan connectTimeout, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Action<string>? refused = null)
    {
        var sockets = FhirHandler.Create(connectTimeout);
        var guard = new Guard(trusted, resolve);
        sockets.ConnectCallback = guard.ConnectAsync;
        return new Letters(trusted, refused) { InnerHandler = sockets };
    }

    /// <summary>Refuses by the letters what must not even be asked of a proxy.</summary>
    private sealed class Letters(IReadOnlyList<Uri> trusted, Action<string>? refused) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            if (!trusted.Any(known => OutsideAddress.SameOrigin(known, address)))
            {
                if (trusted.Count == 0 || trusted.All(known => OutsideAddress.Fault(known, address.OriginalString) is not null))
                    throw Refuse("the address is not one to be trusted");
                if (IPAddress.TryParse(address.IdnHost, out var literal) && NetworkReaches.Of(literal) == NetworkReach.Nowhere)
                    throw Refuse("the address leads into a network that is not open to it");
            }

            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            // The connection's own words would name the host.
            catch (HttpRequestException wrapped) when (wrapped.InnerException is OutsideAddressException closed)
            {
                throw Refuse(closed.Message);
            }
        }

        private OutsideAddressException Refuse(string why)
        {
            refused?.Invoke(why);
            return new OutsideAddressException(why);
        }
    }

    private sealed class Guard(IReadOnlyList<Uri> trusted, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var (asked, port) = (context.InitialRequestMessage.RequestUri!, context.DnsEndPoint.Port);
            var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
            if (!IsProxy(context.DnsEndPoint, asked) && !trusted.Any(known => OutsideAddress.SameOrigin(known, asked)))
                await CheckAsync(addresses, cancellationToken);

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        // It is the proxy that is connected to, which the site has set; it looks names up itself.
        private static bool IsProxy(DnsEndPoint to, Uri asked) =>
            !HttpClient.DefaultProxy.IsBypassed(asked) && HttpClient.DefaultProxy.GetProxy(asked) is { } proxy && proxy != asked && proxy.IdnHost == to.Host && proxy.Port == to.Port;

        // All of them: an answer that mixes inside and outside is not an honest one.
        private async Task CheckAsync(IPAddress[] addresses, CancellationToken cancellationToken)
        {
            var reaches = addresses.Select(NetworkReaches.Of).Distinct().ToHashSet();
            reaches.Remove(NetworkReach.Public);
            if (reaches.Count == 0)
                return;

            foreach (var known in trusted)
                reaches.ExceptWith((await ResolveAsync(known.IdnHost, cancellationToken)).Select(NetworkReaches.Of).Where(reach => reach != NetworkReach.Nowhere));
            if (reaches.Count > 0)
                throw new OutsideAddressException("the address leads into a network that is not open to it");
        }

        private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancellationToken);
    }
}
