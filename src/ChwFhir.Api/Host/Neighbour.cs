using ChwFhir.Sandbox;

namespace ChwFhir.Api.Host;

/// <summary>The sandbox EHR next door: there in Development while no other EHR is named.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
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
    }

    public ValueTask DisposeAsync() => Sandbox?.DisposeAsync() ?? ValueTask.CompletedTask;
}
