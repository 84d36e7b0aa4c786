using Microsoft.AspNetCore.RateLimiting;

namespace ChwFhir.Api.Host;

/// <summary>Where the server listens, and what it takes from one caller at most.</summary>
internal static class Listening
{
    /// <summary>The largest body of the contract: a note with attachments.</summary>
    public const long LargestBody = 10 * 1024 * 1024;

    /// <summary>What is read of a body to throw it away, so that a caller who sends too much still hears why.</summary>
    private const long LargestDiscarded = 4 * LargestBody;

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
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(Writes, options =>
            {
                options.PermitLimit = 128;
                options.QueueLimit = 1024;
            });
            limiter.OnRejected = async (rejected, cancellationToken) =>
                await Problems.WriteAsync(rejected.HttpContext, Problems.Busy(StatusCodes.Status429TooManyRequests, "too-many", "Too many notes arrive at once. Nothing of this one was kept; send it again.", TimeSpan.FromSeconds(1)), cancellationToken);
        });
    }
}
