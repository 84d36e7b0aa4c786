using System.Security.Cryptography;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Ehr;

public static class EhrRegistration
{
    internal const string HttpClientName = "ehr";
    private const string SignInClientName = "ehr-sign-in";
    private const int LargestSignInAnswer = 1 << 20;

    /// <summary>The EHR of section <c>Ehr</c>: <see cref="EhrConnection"/>. A bad setting stops the start and says what is allowed.</summary>
    public static IServiceCollection AddEhr(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(EhrOptions.Section);
        services.AddOptions<EhrOptions>().Configure(options => Bind(options, section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EhrOptions>, EhrOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => LearnedMemory.InProcess());
        services.TryAddSingleton<OutsideRefusals>();

        services.AddHttpClient(HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(provider => FhirHandler.Create(Settings(provider).RequestTimeout.Value / 2))
            .AddHttpMessageHandler(Token)
            // The connections renew themselves; and the factory's own log lines would print addresses with patients' ids.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        services.AddHttpClient(SignInClientName, http =>
            {
                http.Timeout = Timeout.InfiniteTimeSpan;
                http.MaxResponseContentBufferSize = LargestSignInAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(provider => OutsideHandler.Create(SetBySite(Settings(provider)), Settings(provider).RequestTimeout.Value / 2, why => provider.GetRequiredService<OutsideRefusals>().Tell("ehr-sign-in", why)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton(provider => new EhrSignIn(new Uri(Settings(provider).BaseUrl!), Settings(provider).Auth, SignInClient(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<OutsideRefusals>()));
        services.TryAddSingleton(Tokens);

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

    private static DelegatingHandler Token(IServiceProvider provider)
    {
        var options = Settings(provider);
        switch (options.Auth)
        {
            case { Mode: EhrAuthOptions.Bearer, Token: { } token }:
                return new EhrTokenHandler(new Uri(options.BaseUrl!), _ => Task.FromResult(token), null);
            case { Mode: EhrAuthOptions.Backend }:
                var tokens = provider.GetRequiredService<BackendTokens>();
                return new EhrTokenHandler(new Uri(options.BaseUrl!), tokens.TakeAsync, tokens.Reject);
            default:
                return new NoToken();
        }
    }

    private static BackendTokens Tokens(IServiceProvider provider)
    {
        var (options, logger) = (Settings(provider), provider.GetRequiredService<ILogger<BackendTokens>>());
        var client = new SmartClient.WithKey(options.Auth.ClientId!, BackendKeys.Load(options.Auth.KeyFile!, logger));
        // Shorter than the request that waits for it, which could then not say what it waited for.
        var timeout = options.RequestTimeout.Value * 0.8;
        return new BackendTokens(provider.GetRequiredService<EhrSignIn>(), client, options.Auth.Scopes, provider.GetRequiredService<TokenScopes>(), SignInClient(provider), timeout, provider.GetRequiredService<TimeProvider>(), logger);
    }

    private static HttpClient SignInClient(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(SignInClientName);

    private static List<Uri> SetBySite(EhrOptions options) => [new(options.BaseUrl!), .. options.Auth.TokenUrl is { } tokens ? [new Uri(tokens)] : Array.Empty<Uri>()];

    private sealed class NoToken : DelegatingHandler;
}
