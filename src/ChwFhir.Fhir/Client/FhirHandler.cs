using System.Net;

namespace ChwFhir.Fhir.Client;

/// <summary>The connections under a <see cref="FhirClient"/>.</summary>
public static class FhirHandler
{
    public static SocketsHttpHandler Create(TimeSpan connectTimeout) => new()
    {
        // A redirect could carry a token, or a note, to somebody else.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = connectTimeout,
        // New connections now and then, so that a change in DNS is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Shorter than the five seconds after which common servers close an idle connection: a write that meets the closing one is lost without need.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        MaxResponseHeadersLength = 128,
        // The framework's own traces would carry addresses with patients' ids; ours carry route templates.
        ActivityHeadersPropagator = null,
    };
}
