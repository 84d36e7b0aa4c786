using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Queue;

public static class QueueServices
{
    /// <summary>One <see cref="NoteStore"/> for the process, opened when first asked for and at the latest at the start.</summary>
    public static IServiceCollection AddQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => Open(provider));
        services.AddHostedService<StoreAtStart>();
        services.AddHostedService(provider => new KeyRenewal(provider.GetRequiredService<NoteStore>, Clock(provider), provider.GetRequiredService<ILogger<KeyRenewal>>()));
        return services;
    }

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    // The container makes its singletons synchronously; opening takes milliseconds and happens once.
    private static NoteStore Open(IServiceProvider provider) => NoteStore.OpenAsync(
        provider.GetRequiredService<IOptions<StorageOptions>>().Value,
        Clock(provider),
        provider.GetRequiredService<ILoggerFactory>(),
        CancellationToken.None).GetAwaiter().GetResult();
}
