using ChwFhir.Sandbox;

namespace ChwFhir.Api.Host;

/// <summary>
/// <c>… -- sandbox --Ehr:Sandbox:Capabilities=epic</c>: the sandbox EHR as a process of its own, so that the service can be stopped, killed and
/// started again beside it, as beside a real one. The service is pointed at it with <c>Ehr__BaseUrl</c>.
/// </summary>
internal static class SandboxAlone
{
    public const string Command = "sandbox";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ApplicationName = typeof(SandboxAlone).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.LogPlainly();
        using var host = builder.Build();
        try
        {
            if (builder.Environment.IsProduction())
                throw new ApiStartException("The sandbox EHR does not start in Production: it is for trying and testing. DOTNET_ENVIRONMENT=Development starts it.");
            await using var sandbox = await SandboxEhr.StartAsync(SandboxSettings.Read(builder.Configuration), host.Services.GetRequiredService<ILoggerFactory>(), CancellationToken.None);
            await host.StartAsync(CancellationToken.None);
            await Console.Out.WriteLineAsync($"EHR      {sandbox.BaseUrl}");
            await host.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception failure) when (StartTrouble.Explain(failure, null) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }
}
