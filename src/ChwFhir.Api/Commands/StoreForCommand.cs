using ChwFhir.Api.Host;
using ChwFhir.Queue;

namespace ChwFhir.Api.Commands;

/// <summary>The store with the settings of the service, for a command that opens it itself.</summary>
internal static class StoreForCommand
{
    /// <summary>With secrets from files, and never with a key that is made on the way: outside of Development the store has one, or it is not opened.</summary>
    public static WebApplicationBuilder Builder(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ApplicationName = typeof(ApiHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.TakeSecretsFromFiles();
        if (!builder.Environment.IsDevelopment() && builder.Configuration["Storage:Key"] is not { Length: > 0 })
            throw new ApiStartException([ProductionRules.NoStoreKey]);
        builder.Services.AddQueue(builder.Configuration);
        return builder;
    }
}
