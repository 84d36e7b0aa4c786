using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChwFhir.Delivery;

public static class DeliveryRegistration
{
    /// <summary>The supervisor's desk, the lasting stop of an EHR's writes, and the clearing away of transport copies.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EndpointSwitchboard>();
        services.AddHostedService(provider => provider.GetRequiredService<EndpointSwitchboard>());
        services.TryAddSingleton<TransportPruning>();
        services.AddHostedService(provider => provider.GetRequiredService<TransportPruning>());
        services.TryAddSingleton<EhrCheck>();
        services.TryAddSingleton(provider => new DeliveryDesk(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<EndpointSwitchboard>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
