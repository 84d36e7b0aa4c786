using ChwFhir.Access;
using ChwFhir.Ehr;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
        services.TryAddSingleton<CoverBook>();
        services.TryAddSingleton<TeamCallers>();
        services.TryAddSingleton<NoteMessages>();
        services.TryAddSingleton<MessageBell>();
        services.TryAddSingleton<ConcernDesk>();
        services.AddMetrics();
        services.TryAddSingleton<CareTeamMetrics>();
        services.TryAddSingleton<Ladder>();
        services.TryAddSingleton(_ => new NotificationText(configuration));
        // No redirects: the address that was set up is the only one that is told.
        services.AddHttpClient(WebhookChannel.Client).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        services.TryAddSingleton(provider => new WebhookChannel(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(WebhookChannel.Client), provider.GetRequiredService<NotificationText>(),
            provider.GetRequiredService<IOptions<CareTeamOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<MailChannel>();
        services.TryAddSingleton<Notifier>();
        services.AddHostedService(provider => provider.GetRequiredService<Notifier>());
        services.TryAddSingleton<LadderWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<LadderWatch>());
        services.TryAddSingleton(provider => new MessageDesk(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<Notifications>(), provider.GetRequiredService<MessageClock>(),
            provider.GetRequiredService<CoverBook>(), provider.GetRequiredService<MessageBell>(),
            provider.GetRequiredService<CareTeamMetrics>(), provider.GetRequiredService<MappingOptions>(), provider.GetRequiredService<IOptions<CareTeamOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<InboxPatients>(provider => (caller, role, cancellationToken) => provider.GetRequiredService<MessageDesk>().PatientsAsync(caller, role, cancellationToken));
        services.TryAddSingleton<FoundLater>();
        services.TryAddSingleton<AfterMapping>(provider => provider.GetRequiredService<FoundLater>().LookAsync);
        services.TryAddSingleton(provider => new MessageSending(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<QuickLook>(),
            provider.GetRequiredService<NoteMessages>(), provider.GetRequiredService<MessageDesk>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new MessageFiling(
            provider.GetRequiredService<NoteStore>(), provider.GetRequiredService<EhrConnection>(), provider.GetRequiredService<QuickLook>(),
            provider.GetRequiredService<MessageDesk>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    // CareTeam__OnCall=nurse,pcp says the same as CareTeam__OnCall__0__Who=nurse and so on.
    private static void ReadShortForm(IConfiguration configuration, CareTeamOptions options)
    {
        if (configuration[$"{CareTeamOptions.Section}:OnCall"] is { Length: > 0 } people)
            options.OnCall = [.. people.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(who => new OnCallOptions { Who = who })];
    }
}
