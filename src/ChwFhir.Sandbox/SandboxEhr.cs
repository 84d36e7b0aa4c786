using ChwFhir.Sandbox.Loading;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Smart;
using ChwFhir.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChwFhir.Sandbox;

/// <summary>
/// The embedded EHR: a FHIR R4 server with a Kestrel host and a store of its own, in the process of whoever starts it. It listens on this machine only.
/// </summary>
public sealed partial class SandboxEhr : IAsyncDisposable
{
    internal const long LargestBody = 10 * 1024 * 1024;

    private readonly WebApplication host;
    private readonly Database database;
    private readonly AuthorizationServer authorization;

    private SandboxEhr(WebApplication host, Database database, AuthorizationServer authorization, Uri baseUrl)
    {
        this.host = host;
        this.database = database;
        this.authorization = authorization;
        BaseUrl = baseUrl;
    }

    /// <summary>The FHIR base, as <c>http://localhost:5090/api/FHIR/R4</c>, with the port that it really has.</summary>
    public Uri BaseUrl { get; }

    /// <summary>Starts listening, seeds an empty store and loads what is to be loaded.</summary>
    /// <exception cref="SandboxStartException">A setting is wrong, or its port is taken; the message names the setting.</exception>
    public static async Task<SandboxEhr> StartAsync(SandboxOptions options, ILoggerFactory? loggers, CancellationToken cancellationToken)
    {
        var url = options.CheckedUrl();
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<SandboxEhr>();
        var address = new ServerAddress { Base = new Uri(url, ServerAddress.Path) };
        var database = new Database(options.Directory);
        var authorization = new AuthorizationServer(options, database, address);
        var host = Host(url, new Door(options, database, address, authorization, logger));
        try
        {
            await new Loader(database, address, options, logger).RunAsync(cancellationToken);
            await host.StartAsync(cancellationToken);
        }
        catch (IOException wrong) when (wrong.InnerException is AddressInUseException)
        {
            await host.DisposeAsync();
            authorization.Dispose();
            database.Dispose();
            throw new SandboxStartException($"The sandbox EHR cannot listen at {options.Url}: the port is in use. Ehr__Sandbox__Url moves it.", wrong);
        }
        catch
        {
            await host.DisposeAsync();
            authorization.Dispose();
            database.Dispose();
            throw;
        }
        address.Base = new Uri(new Uri(Listening(host, url)), ServerAddress.Path);
        Log.Listens(logger, address.Base, options.Capabilities);
        return new SandboxEhr(host, database, authorization, address.Base);
    }

    /// <summary>Registers a client with the authorization server, or registers it anew: for one whose address is known only once it listens.</summary>
    /// <exception cref="SandboxStartException">Something of it is not in order.</exception>
    public void Register(SandboxClient client)
    {
        if (client.Faults().ToList() is { Count: > 0 } faults)
            throw new SandboxStartException(string.Join(' ', faults));
        authorization.Clients.Register(client);
    }

    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        authorization.Dispose();
        database.Dispose();
    }

    // An empty builder: neither the settings nor the log of the process around it reach this host (its framework would log addresses with ids in them).
    private static WebApplication Host(Uri url, Door door)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 * LargestBody;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            if (url.HostNameType == UriHostNameType.Dns && url.Port != 0)
                kestrel.ListenLocalhost(url.Port);
            else
                kestrel.Listen(url.HostNameType == UriHostNameType.IPv6 ? System.Net.IPAddress.IPv6Loopback : System.Net.IPAddress.Loopback, url.Port);
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var host = builder.Build();
        host.Run(door.AnswerAsync);
        return host;
    }

    private static string Listening(WebApplication host, Uri url)
    {
        if (url.Port != 0)
            return url.AbsoluteUri;
        var listening = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new UriBuilder(url) { Host = url.HostNameType == UriHostNameType.Dns ? "127.0.0.1" : url.Host, Port = listening.Port }.Uri.AbsoluteUri;
    }

    // Ctrl+C and SIGTERM belong to the process around it, which stops this host when it stops itself.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The sandbox EHR listens at {Address} ({Capabilities}).")]
        public static partial void Listens(ILogger logger, Uri address, string capabilities);
    }
}
