using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Host;

/// <summary>Where the server listens, and what it takes from one caller at most.</summary>
internal static class Listening
{
    /// <summary>The largest body of the contract: a note with attachments.</summary>
    public const long LargestBody = 10 * 1024 * 1024;

    /// <summary>What is read of a body to throw it away, so that a caller who sends too much still hears why.</summary>
    private const long LargestDiscarded = 4 * LargestBody;

    /// <summary>All headers together: the tokens of large sites are long.</summary>
    private const int LargestHeaders = 32 * 1024;

    /// <summary>How long a body may arrive as slowly as it likes.</summary>
    private static readonly TimeSpan SlowGrace = TimeSpan.FromSeconds(5);

    /// <summary>Rate-limit policy of the routes that keep something: beyond it callers wait, then are asked to come again.</summary>
    public const string Writes = "writes";

    public static void ListenCarefully(this WebApplicationBuilder builder, string defaultUrl)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(defaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestDiscarded;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
            kestrel.Limits.MaxRequestHeaderCount = 100;
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitsOptions>>((kestrel, limits) =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.Value.MinBodyBytesPerSecond, SlowGrace));
        builder.AddLimits();
    }
}
