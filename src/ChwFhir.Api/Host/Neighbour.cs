using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using ChwFhir.Sandbox;
using ChwFhir.Sandbox.Smart;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.Api.Host;

/// <summary>The sandbox EHR next door: there in Development while no other EHR is named.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    // What the sandbox's people do here; whoever is not named is a clinician.
    private const string Staff = "Practitioner/chw-1=chw, Practitioner/chw-2=chw, Practitioner/nurse-1=nurse, Practitioner/sw-1=social-worker, Practitioner/sup-1=supervisor";

    public SandboxEhr? Sandbox { get; private set; }

    /// <summary>Starts it where it is wanted, and makes it the EHR of this service. Before anything has read the settings of the EHR.</summary>
    public static async Task MoveInAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var settings = app.Configuration;
        if (!app.Environment.IsDevelopment() || !string.IsNullOrWhiteSpace(settings["Ehr:BaseUrl"]))
            return;

        var sandbox = await SandboxEhr.StartAsync(SandboxSettings.Read(settings), app.Services.GetRequiredService<ILoggerFactory>(), cancellationToken);
        app.Services.GetRequiredService<Neighbour>().Sandbox = sandbox;
        settings["Ehr:BaseUrl"] = sandbox.BaseUrl.AbsoluteUri;
        if (!OwnClients(settings))
            GiveKey(settings, sandbox);
    }

    /// <summary>Tells it where the service listens, if that was not known before: the service's app and write-back are registered under that address.</summary>
    public static void Introduce(WebApplication app)
    {
        var settings = app.Configuration;
        if (app.Services.GetRequiredService<Neighbour>().Sandbox is not { } sandbox || settings["PublicUrl"] is { Length: > 0 } || OwnClients(settings))
            return;
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var here = new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        if (here.IsLoopback)
            foreach (var client in SandboxClient.Usual(here))
                sandbox.Register(client);
    }

    private static bool OwnClients(IConfiguration settings) => settings.GetSection("Ehr:Sandbox:Clients").Exists();

    /// <summary>Between the service and the sandbox go real tokens, for a key that is made here unless one is set. Registered by itself at first: nobody can fetch it before the service listens.</summary>
    private static void GiveKey(IConfiguration settings, SandboxEhr sandbox)
    {
        if (!new[] { "App:ClientId", "App:KeyFile", "App:ClientSecretFile" }.Any(name => settings[name] is { Length: > 0 }))
            (settings["App:ClientId"], settings["App:KeyFile"]) = (SandboxClient.AppId, DevelopmentKey.In(Folder(settings)));
        settings["App:LaunchRoles"] ??= Staff;
        if (settings["Ehr:Auth:Mode"] is { Length: > 0 })
            return;

        settings["Ehr:Auth:Mode"] = EhrAuthOptions.Backend;
        settings["Ehr:Auth:ClientId"] = SandboxClient.BackendId;
        if (settings["Ehr:Auth:KeyFile"] is not { Length: > 0 })
            settings["Ehr:Auth:KeyFile"] = DevelopmentKey.In(Folder(settings));
        using var keys = SmartKeys.Load(settings["Ehr:Auth:KeyFile"]!);
        var usual = SandboxClient.Usual(new Uri(ApiHost.DefaultUrl)).Single(client => client.Id == SandboxClient.BackendId);
        sandbox.Register(usual with { JwksUrl = null, Jwks = keys.Jwks() });
    }

    private static string Folder(IConfiguration settings) => settings["Storage:Directory"] is { Length: > 0 } folder ? folder : new StorageOptions().Directory;

    public ValueTask DisposeAsync() => Sandbox?.DisposeAsync() ?? ValueTask.CompletedTask;
}
