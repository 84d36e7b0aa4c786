using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChwFhir.Audit;

public static class AuditRegistration
{
    /// <summary>The log of who read and wrote what, the writes to the EHR in it, and its way to the EHR.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuditLog(configuration);
        services.TryAddSingleton<ChwFhir.Fhir.Client.OutsideRefusals>();
        services.TryAddSingleton<AuditedRefusals>();
        services.AddHostedService<OutsideAudit>();
        services.TryAddSingleton<LedgerAudit>();
        services.AddHostedService(provider => provider.GetRequiredService<LedgerAudit>());
        services.TryAddSingleton<AuditDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditDelivery>());
        services.AddHostedService<AuditHeads>();
        services.TryAddSingleton<AuditRetention>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditRetention>());
        return services;
    }

    /// <summary>The log alone, to read and verify.</summary>
    public static IServiceCollection AddAuditLog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AuditLog>();
        return services;
    }
}
