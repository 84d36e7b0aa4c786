using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChwFhir.CareTeam;

public static class CareTeamRegistration
{
    /// <summary>Messages and red flags: who is told, by when, and what if nobody looks.</summary>
    public static IServiceCollection AddCareTeam(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CareTeamOptions>()
            .Bind(configuration.GetSection(CareTeamOptions.Section))
            .PostConfigure(options => ReadShortForm(configuration, options))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MessageClock>();
        services.TryAddSingleton<Notifications>();
        services.TryAddSingleton<NoteMessages>();
        return services;
    }

    // CareTeam__OnCall=nurse,pcp says the same as CareTeam__OnCall__0__Who=nurse and so on.
    private static void ReadShortForm(IConfiguration configuration, CareTeamOptions options)
    {
        if (configuration[$"{CareTeamOptions.Section}:OnCall"] is { Length: > 0 } people)
            options.OnCall = [.. people.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(who => new OnCallOptions { Who = who })];
    }
}
