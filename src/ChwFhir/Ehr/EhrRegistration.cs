using System.Security.Cryptography;
using ChwFhir.Fhir.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ChwFhir.Ehr;

public static class EhrRegistration
{
    private const string HttpClientName = "ehr";

    /// <summary>The EHR of section <c>Ehr</c>: <see cref="EhrConnection"/>. A bad setting stops the start and says what is allowed.</summary>
    public static IServiceCollection AddEhr(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(EhrOptions.Section);
        services.AddOptions<EhrOptions>().Configure(options => Bind(options, section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EhrOptions>, EhrOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => LearnedMemory.InProcess());

        services.AddHttpClient(HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => FhirHandler.Create(Settings(provider).RequestTimeout.Value / 2))
            .AddHttpMessageHandler(provider => Token(Settings(provider)))
            // The connections renew themselves; and the factory's own log lines would print addresses with patients' ids.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        services.TryAddSingleton(provider => ClientOptions(Settings(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new FhirClient(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName), provider.GetRequiredService<FhirClientOptions>()));
        services.TryAddSingleton(provider => Pauses(Settings(provider)));
        services.TryAddSingleton(provider => TokenScopes.Of(Settings(provider).Auth));
        services.TryAddSingleton<EhrConnection>();
        services.AddHostedService<ReleaseAtStart>();
        return services;
    }

    private static EhrOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<EhrOptions>>().Value;

    private static void Bind(EhrOptions options, IConfigurationSection section)
    {
        section.Bind(options);
        // The binder adds to a list that has a default; a setting replaces it. One variable with commas does as well as many with numbers.
        var types = section.GetSection(nameof(EhrOptions.HomeVisitEncounterTypes));
        string[] given = types.Value is { } text ? text.Split(',', StringSplitOptions.TrimEntries) : [.. types.GetChildren().Select(child => child.Value ?? "")];
        options.HomeVisitEncounterTypes = given.Length == 0 ? [EhrOptions.DefaultHomeVisit] : given;
    }

    private static FhirClientOptions ClientOptions(EhrOptions options, TimeProvider time) => new()
    {
        BaseUrl = new Uri(options.BaseUrl!),
        Time = time,
        RequestTimeout = options.RequestTimeout,
        Concurrency = options.Concurrency,
        SearchByPost = options.SearchByPost,
        FirstRest = options.FirstPause,
        LongestRest = options.LongestPause,
    };

    private static EndpointPauses Pauses(EhrOptions options) => new(options.FirstPause, options.LongestPause, () => RandomNumberGenerator.GetInt32(1000) / 1000d);

    private static DelegatingHandler Token(EhrOptions options) => options.Auth is { Mode: EhrAuthOptions.Bearer, Token: { } token }
        ? new EhrTokenHandler(new Uri(options.BaseUrl!), token)
        : new NoToken();

    private sealed class NoToken : DelegatingHandler;
}
