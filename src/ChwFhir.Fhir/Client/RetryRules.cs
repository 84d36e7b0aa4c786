using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ChwFhir.Fhir.Client;

/// <summary>
/// What is sent again, and when. Anything: after what surely did nothing. Reads, and writes that the server recognises as the same
/// (<c>If-Match</c>, <c>If-None-Exist</c>): also after no clear answer, such a write only when twice the timeout has gone by and
/// the first can no longer be running. Any other write is never sent again after that.
/// </summary>
internal sealed class RetryRules
{
    internal static readonly ResiliencePropertyKey<Sending> SendingKey = new("sending");

    private readonly FhirClientOptions options;
    private readonly ResiliencePipeline<FhirAnswer>[] pipelines;

    public RetryRules(FhirClientOptions options)
    {
        this.options = options;
        var endpoint = new ResiliencePipelineBuilder<FhirAnswer> { TimeProvider = options.Time }.AddCircuitBreaker(Rest()).Build();
        pipelines = [.. Enum.GetValues<RequestKind>().Select(kind => options.Repeats == 0
            ? endpoint
            : new ResiliencePipelineBuilder<FhirAnswer> { TimeProvider = options.Time }.AddRetry(Repeat(kind)).AddPipeline(endpoint).Build())];
    }

    /// <summary>One for each kind of request; the rest of a failing endpoint is shared by all.</summary>
    public ResiliencePipeline<FhirAnswer> For(RequestKind kind) => pipelines[(int)kind];

    private RetryStrategyOptions<FhirAnswer> Repeat(RequestKind kind) => new()
    {
        MaxRetryAttempts = options.Repeats,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.FirstWait,
        MaxDelay = options.LongestWait,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } answer && MayRepeat(answer, kind, arguments.Context)),
        DelayGenerator = arguments => ValueTask.FromResult(Wait(arguments.Outcome.Result, kind, arguments.Context)),
    };

    private bool MayRepeat(FhirAnswer answer, RequestKind kind, ResilienceContext context)
    {
        if (context.CancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return answer switch
        {
            // Who shows the token has done its own asking.
            FhirAnswer.NotSent none => none.NoToken is null,
            FhirAnswer.Busy busy => busy.RetryAfter is null || busy.RetryAfter <= options.LongestWait,
            FhirAnswer.Lost or FhirAnswer.Failed { Status: 408 or 500 or 502 or 504 } => kind switch
            {
                RequestKind.Read => true,
                // Once: a second echo would outlast the leases.
                RequestKind.RepeatableWrite => ReferenceEquals(context.Properties.GetValue(SendingKey, null!).Unclear, answer),
                _ => false,
            },
            _ => false,
        };
    }

    /// <summary>Null: the exponential wait with jitter.</summary>
    private TimeSpan? Wait(FhirAnswer? answer, RequestKind kind, ResilienceContext context)
    {
        if (answer is FhirAnswer.Busy { RetryAfter: { } told })
        {
            return told;
        }

        if (kind != RequestKind.RepeatableWrite || answer is not { MayBeDone: true })
        {
            return null;
        }

        var left = (2 * options.RequestTimeout) - options.Time.GetElapsedTime(context.Properties.GetValue(SendingKey, null!).Began);
        return left > options.FirstWait ? left : options.FirstWait;
    }

    private CircuitBreakerStrategyOptions<FhirAnswer> Rest() => new()
    {
        FailureRatio = 0.8,
        MinimumThroughput = options.FailuresBeforeRest,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDurationGenerator = arguments => ValueTask.FromResult(RestAfter(arguments.HalfOpenAttempts)),
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is FhirAnswer.NotSent { NoToken: null } or FhirAnswer.Lost or FhirAnswer.Failed { Status: >= 500 } or FhirAnswer.Busy { Status: 503 }
            && !arguments.Context.CancellationToken.IsCancellationRequested),
    };

    private TimeSpan RestAfter(int failedProbes)
    {
        var rest = options.FirstRest * Math.Pow(2, Math.Min(failedProbes, 16));
        return rest < options.LongestRest ? rest : options.LongestRest;
    }
}
