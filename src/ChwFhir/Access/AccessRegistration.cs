using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChwFhir.Access;

public static class AccessRegistration
{
    /// <summary>Who may see what.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.Section));
        services.TryAddSingleton<TokenClaims>();
        services.TryAddSingleton<PatientAccess>();
        return services;
    }
}
