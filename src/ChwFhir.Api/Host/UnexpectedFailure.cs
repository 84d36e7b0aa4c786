using ChwFhir.Queue;
using ChwFhir.Queue.Sealing;
using Microsoft.AspNetCore.Diagnostics;

namespace ChwFhir.Api.Host;

/// <summary>What was thrown and caught by nobody: told to the caller as a problem, and to the log without its message, which may carry input.</summary>
internal sealed partial class UnexpectedFailure(ILogger<UnexpectedFailure> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;

        var problem = exception switch
        {
            BadHttpRequestException refused => Problems.Plain(refused.StatusCode),
            StoreUnavailableException busy => Problems.Busy(StatusCodes.Status503ServiceUnavailable, "store-busy", "The store cannot take it now. Nothing was kept; send it again.", busy.RetryAfter),
            // The store has said in the log of which row.
            SealBrokenException => Problems.Damaged(),
            _ => Problems.Plain(StatusCodes.Status500InternalServerError),
        };
        if (problem.Status == StatusCodes.Status500InternalServerError)
            Log.Failed(logger, exception.GetType().FullName, exception.InnerException?.GetType().FullName, exception.StackTrace);
        await Problems.WriteAsync(httpContext, problem, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A request failed with {Exception} ({Inner}): {Stack}")]
        public static partial void Failed(ILogger logger, string? exception, string? inner, string? stack);
    }
}
