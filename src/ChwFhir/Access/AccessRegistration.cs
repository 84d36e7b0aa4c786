using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

public static class AccessRegistration
{
    /// <summary>Who may see what.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.Section));
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section))
            .Validate(options => AccessOptions.Panels.Contains(options.Panel), $"Auth__Panel: {string.Join(", ", AccessOptions.Panels)}.")
            .ValidateOnStart();
        services.AddOptions<SensitivityOptions>().Bind(configuration.GetSection(SensitivityOptions.Section));
        services.TryAddSingleton<Sensitivity>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PanelFile>();
        services.TryAddSingleton<TokenClaims>();
        services.TryAddSingleton<CareTeams>();
        services.TryAddSingleton<OwnPatients>();
        services.TryAddSingleton<IPanels>(provider => provider.GetRequiredService<IOptions<AccessOptions>>().Value.Panel switch
        {
            AccessOptions.Open => new OpenPanels(),
            AccessOptions.File => new FilePanels(provider.GetRequiredService<PanelFile>()),
            _ => new CareTeamPanels(provider.GetRequiredService<CareTeams>(), provider.GetRequiredService<PanelFile>(), provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>()),
        });
        services.TryAddSingleton(provider => new PatientAccess(
            provider.GetRequiredService<IPanels>(), provider.GetRequiredService<CareTeams>(), provider.GetRequiredService<OwnPatients>(), provider.GetRequiredService<InboxPatients>(), provider.GetRequiredService<IOptions<AccessOptions>>()));
        services.TryAddSingleton<NoteAccess>();
        services.TryAddSingleton<HeldAccess>();
        services.TryAddSingleton<OpenNotes>();
        return services;
    }
}
