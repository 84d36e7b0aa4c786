using System.Globalization;
using ChwFhir.Api.Fhir;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Pages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChwFhir.Api.Host;

/// <summary>Every error is a problem document (RFC 9457), for FHIR callers an OperationOutcome, that says what happened and what is safe, and repeats nothing of the input.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";
    private const string RetryAfter = "retryAfter";

    public static ProblemHttpResult NotFound(string detail = "There is nothing at this address.") => Of(StatusCodes.Status404NotFound, "not-found", detail);

    public static ProblemHttpResult BadRequest(string code, string detail) => Of(StatusCodes.Status400BadRequest, code, detail);

    /// <summary>All faults at once, each with its pointer.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<NoteFault> faults) =>
        Of(StatusCodes.Status422UnprocessableEntity, "invalid", faults.Count == 1 ? "One thing is wrong; nothing was kept." : $"{faults.Count} things are wrong; nothing was kept.", ("errors", faults));

    public static ProblemHttpResult Unreadable(NoteFault fault) =>
        Of(StatusCodes.Status400BadRequest, fault.Code, fault.Detail, ("errors", new[] { fault }));

    public static ProblemHttpResult TooLarge(long limit) =>
        Of(StatusCodes.Status413PayloadTooLarge, "too-large", $"At most {limit / 1024} KiB are taken here.");

    public static ProblemHttpResult Busy(HttpResponse response, string code, string detail, TimeSpan retryAfter)
    {
        var problem = Busy(StatusCodes.Status503ServiceUnavailable, code, detail, retryAfter);
        AnnounceRetry(response, problem);
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult StoreBusy(HttpResponse response, TimeSpan retryAfter) =>
        Busy(response, "store-busy", "The store cannot take it now. Nothing was kept; send it again.", retryAfter);

    /// <summary>It does not pass by waiting: there is no time to come again.</summary>
    public static ProblemDetails Damaged() =>
        Details(StatusCodes.Status503ServiceUnavailable, "store-damaged", "What is stored of this was changed or damaged outside of the service. It is neither shown nor changed; whoever runs the service has to restore it.");

    /// <summary>Only the EHR could tell whose patients the caller's are.</summary>
    public static ProblemHttpResult PanelNotKnown(HttpResponse response) =>
        Busy(response, "panel-not-known", "The EHR does not say just now which patients are yours. What you send is kept all the same.", TimeSpan.FromSeconds(10));

    public static ProblemDetails Busy(int status, string code, string detail, TimeSpan retryAfter) =>
        Details(status, code, detail, (RetryAfter, (int)Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds))));

    public static ProblemHttpResult Of(int status, string code, string detail, params (string Name, object Value)[] more) =>
        TypedResults.Problem(Details(status, code, detail, more));

    /// <summary>Documents the problems that a route may answer with.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
            route.ProducesProblem(status);
        return route;
    }

    public static async Task WriteAsync(HttpContext context, ProblemDetails problem, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        AnnounceRetry(context.Response, problem);
        if (Outcomes.IsFor(context.Request))
        {
            await new FhirResult(Outcomes.Of(problem, null), context.Response.StatusCode).ExecuteAsync(context);
            return;
        }
        // Who has a page of the app before them is answered with one.
        if (await context.TryShowRefusalAsync(context.Response.StatusCode))
            return;
        var result = TypedResults.Problem(problem);
        await result.ExecuteAsync(context);
    }

    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<UnexpectedFailure>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>Turns what the framework answers without a body, and what was thrown, into problems.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(async pages =>
        {
            var context = pages.HttpContext;
            if (HttpMethods.IsOptions(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
            await WriteAsync(context, context.Response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null && Outcomes.IsNotDoneHere(context.Request) ? Plain(StatusCodes.Status501NotImplemented) : Plain(context.Response.StatusCode), context.RequestAborted);
        });
    }

    private static void AnnounceRetry(HttpResponse response, ProblemDetails problem)
    {
        if (problem.Extensions.TryGetValue(RetryAfter, out var seconds))
            response.Headers.RetryAfter = Convert.ToString(seconds, CultureInfo.InvariantCulture);
    }

    internal static ProblemDetails Plain(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Details(status, "bad-request", "The request could not be understood."),
        StatusCodes.Status401Unauthorized => Details(status, "not-signed-in", "A valid token is needed."),
        StatusCodes.Status403Forbidden => Details(status, "not-allowed", "This is not allowed."),
        StatusCodes.Status404NotFound => Details(status, "not-found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Details(status, "method-not-allowed", "This address does not take this method; Allow says which it takes."),
        StatusCodes.Status406NotAcceptable => Details(status, "not-acceptable", "None of the accepted media types can be given."),
        StatusCodes.Status408RequestTimeout => Details(status, "too-slow", "The request did not arrive in time."),
        StatusCodes.Status413PayloadTooLarge => Details(status, "too-large", "This is more than is taken here."),
        StatusCodes.Status415UnsupportedMediaType => Details(status, "media-type", "This media type is not taken here, or the body is compressed. JSON goes as application/json; the description of the API says what else an address takes."),
        StatusCodes.Status500InternalServerError => Details(status, "unexpected", "Something went wrong in the service. It is safe to send the same again: the same id with the same content is kept once."),
        StatusCodes.Status501NotImplemented => Details(status, "not-done-here", "This is not done here; the capability statement (/fhir/metadata) says what is."),
        StatusCodes.Status503ServiceUnavailable => Details(status, "unavailable", "The service cannot answer now."),
        _ => Details(status, "error", "The request was not carried out."),
    };

    private static ProblemDetails Details(int status, string code, string detail, params (string Name, object Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        problem.Extensions["code"] = code;
        foreach (var (name, value) in more)
            problem.Extensions[name] = value;
        return problem;
    }
}
