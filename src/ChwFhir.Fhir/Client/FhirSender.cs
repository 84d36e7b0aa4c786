using Polly;
using Polly.CircuitBreaker;

namespace ChwFhir.Fhir.Client;

/// <summary>Sends a request, again where that is safe, and says what came of it.</summary>
internal sealed class FhirSender(HttpClient http, FhirClientOptions options) : IDisposable
{
    private readonly RetryRules rules = new(options);
    private readonly SemaphoreSlim slots = new(options.Concurrency);

    /// <summary>Throws for a caller who leaves a read; a write that was under way is told as lost, one that was not as not sent.</summary>
    public async Task<FhirAnswer> SendAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        var sending = new Sending(request);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RetryRules.SendingKey, sending);
        try
        {
            var answer = await rules.For(request.Kind).ExecuteAsync(SendOnceAsync, context, sending);
            return sending.Conclude(answer);
        }
        catch (BrokenCircuitException resting)
        {
            return sending.Conclude(new FhirAnswer.CircuitOpen(resting.RetryAfter ?? options.FirstRest));
        }
        catch (OperationCanceledException) when (request.Kind != RequestKind.Read)
        {
            return sending.Conclude(sending.Last ?? new FhirAnswer.NotSent(FhirAnswer.CallerLeft));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => slots.Dispose();

    private async ValueTask<FhirAnswer> SendOnceAsync(ResilienceContext context, Sending sending)
    {
        var caller = context.CancellationToken;
        await slots.WaitAsync(caller);
        try
        {
            sending.Sends++;
            sending.Began = options.Time.GetTimestamp();
            using var activity = FhirTelemetry.Start(sending.Request, sending.Sends);
            using var timeout = new CancellationTokenSource(options.RequestTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, timeout.Token);

            var answer = await ExchangeAsync(sending.Request, caller, either.Token);

            FhirTelemetry.Record(sending.Request, answer, options.Time.GetElapsedTime(sending.Began), activity);
            sending.Last = answer;
            if (answer.MayBeDone)
            {
                sending.Unclear ??= answer;
            }

            return answer;
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<FhirAnswer> ExchangeAsync(FhirRequest request, CancellationToken caller, CancellationToken either)
    {
        using var message = request.ToMessage(out var body);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either);
            var answer = await AnswerReader.ReadAsync(request, response, options, either);
            if (request.Kind == RequestKind.Read)
            {
                caller.ThrowIfCancellationRequested();
            }

            return answer;
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested || request.Kind != RequestKind.Read)
        {
            var why = caller.IsCancellationRequested ? FhirAnswer.CallerLeft : "no answer in time";
            return NothingSent(body) ? new FhirAnswer.NotSent(why) : new FhirAnswer.Lost(why);
        }
        catch (NoTokenException none)
        {
            return new FhirAnswer.NotSent(none.Message) { NoToken = none.Word, RetryAfter = none.RetryAfter };
        }
        catch (HttpRequestException trouble)
        {
            return NothingSent(body) || (body is null && BeforeSending(trouble)) ? new FhirAnswer.NotSent(Why(trouble)) : new FhirAnswer.Lost(Why(trouble));
        }
    }

    /// <summary>A server cannot act on a body of which it has nothing.</summary>
    private static bool NothingSent(OutgoingBody? body) => body is { Begun: false };

    private static bool BeforeSending(HttpRequestException trouble) => trouble.HttpRequestError
        is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError
        or HttpRequestError.VersionNegotiationError;

    /// <summary>Words of our own: a library's message may hold an address, and the address an id.</summary>
    private static string Why(HttpRequestException trouble) => trouble.HttpRequestError switch
    {
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.NameResolutionError => "the name of the server was not found",
        HttpRequestError.SecureConnectionError => "no secure connection",
        HttpRequestError.ProxyTunnelError => "the proxy gave no way through",
        HttpRequestError.ResponseEnded => "the connection ended before the answer",
        HttpRequestError.InvalidResponse => "the answer was not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "the answer's headers were too long",
        _ => "the connection broke",
    };
}
