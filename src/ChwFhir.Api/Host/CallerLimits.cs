using System.Threading.RateLimiting;
using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Audit;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Host;

/// <summary>How much one caller may ask, how slowly and how long: beyond it others would wait for them.</summary>
internal static class CallerLimits
{
    // What a load balancer or a scraper asks all day.
    private static readonly string[] Unlimited = ["/health", "/metrics", "/assets"];

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitsOptions>().Bind(builder.Configuration.GetSection(LimitsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddConcurrencyLimiter(Listening.Writes, options =>
            {
                options.PermitLimit = 128;
                options.QueueLimit = 1024;
            });
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf), PartitionedRateLimiter.Create<HttpContext, string>(NeighboursOf));
            limiter.OnRejected = async (rejected, cancellationToken) =>
            {
                await RecordAsync(rejected.HttpContext, rejected.Lease);
                await Problems.WriteAsync(rejected.HttpContext, Refusal(rejected.Lease), cancellationToken);
            };
        });
        builder.Services.AddRequestTimeouts();
        builder.Services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<LimitsOptions>>((timeouts, limits) => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = limits.Value.RequestTimeout.Value,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => Problems.WriteAsync(context, Problems.Busy(StatusCodes.Status503ServiceUnavailable, "took-too-long", "This took longer than a call may. It is safe to send the same again.", TimeSpan.FromSeconds(5)), CancellationToken.None),
        });
    }

    private static Task RecordAsync(HttpContext context, RateLimitLease lease) => context.RequestServices.GetRequiredService<AuditedRefusals>().RecordAsync(AuditTrail.Base(context) with
    {
        Action = AuditAction.Execute,
        Kind = "request",
        Purpose = AuditRecord.Operations,
        Outcome = AuditOutcome.Refused,
        Why = lease.TryGetMetadata(MetadataName.RetryAfter, out _) ? "too-many-requests" : "too-many",
    });

    private static Microsoft.AspNetCore.Mvc.ProblemDetails Refusal(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? Problems.Busy(StatusCodes.Status429TooManyRequests, "too-many-requests", "This caller asks more than one caller may. Come again a little later.", wait)
            : Problems.Busy(StatusCodes.Status429TooManyRequests, "too-many", "Too many notes arrive at once. Nothing of this one was kept; send it again.", TimeSpan.FromSeconds(1));

    private static RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        if (Unlimited.Any(path => context.Request.Path.StartsWithSegments(path)))
            return RateLimitPartition.GetNoLimiter("");
        var limits = context.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value;
        if (SessionOf(context) is { } session)
            return Bucket($"session {session}", limits.Burst, limits.RequestsPerSecond);
        return Callers.Of(context.User) switch
        {
            { Kind: CallerKind.Development } => Bucket("here", limits.SystemBurst, limits.SystemRequestsPerSecond),
            { } caller when caller.Is(Role.Integration) => Bucket($"system {caller.Subject}", limits.SystemBurst, limits.SystemRequestsPerSecond),
            { } caller => Bucket($"person {caller.Subject}", limits.Burst, limits.RequestsPerSecond),
            null => Bucket($"address {context.Connection.RemoteIpAddress}", limits.Burst, limits.RequestsPerSecond),
        };
    }

    // A whole clinic comes from one address: each session of the app has its own limit, and all of one address together that of a system, for sessions may be made up.
    private static RateLimitPartition<string> NeighboursOf(HttpContext context)
    {
        var limits = context.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value;
        return SessionOf(context) is null ? RateLimitPartition.GetNoLimiter("") : Bucket($"sessions of {context.Connection.RemoteIpAddress}", limits.SystemBurst, limits.SystemRequestsPerSecond);
    }

    private static string? SessionOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/app", out var rest) && rest.Value is { Length: >= 44 } path && (path.Length == 44 || path[44] == '/') && path.IndexOf('/', 1) is -1 or 44 ? path[1..44] : null;

    private static RateLimitPartition<string> Bucket(string key, int burst, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });
}
