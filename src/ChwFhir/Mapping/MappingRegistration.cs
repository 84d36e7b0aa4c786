using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChwFhir.Mapping;

public static class MappingRegistration
{
    /// <summary><see cref="MappingOptions"/> from the sections <c>Mapping</c>, <c>Programme:RedFlags</c> and <c>CareTeam:Due</c>, read and checked at the start.</summary>
    public static IServiceCollection AddMapping(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(_ => MappingOptionsReader.Read(configuration));
        services.AddOptions<MappingSettings>()
            .Bind(configuration.GetSection(MappingSettings.Section))
            .Validate<MappingOptions>((_, _) => true)
            .ValidateOnStart();

        return services;
    }
}
