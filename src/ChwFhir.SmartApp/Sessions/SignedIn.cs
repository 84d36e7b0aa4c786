using System.Security.Cryptography;
using System.Text;
using ChwFhir.Access;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>Lets in who holds the session's secret, and takes no form that another site posts. Who comes too late sees again what they had written.</summary>
internal sealed class SignedIn(SessionDesk desk, Screens screens, Auditing auditing, PagesThere pages) : IEndpointFilter
{
    private static readonly FormOptions Limits = new() { BufferBodyLengthLimit = 64 * 1024, ValueLengthLimit = 64 * 1024, ValueCountLimit = 16, KeyLengthLimit = 64 };

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var cancellationToken = http.RequestAborted;
        var isPost = HttpMethods.IsPost(http.Request.Method);
        var form = isPost ? await ReadAsync(http, Long(http) is null ? Limits : LongForm.Limits, cancellationToken) : null;
        if (await desk.OpenAsync(http, (string)http.Request.RouteValues["session"]!, http.GetEndpoint()?.Metadata.GetMetadata<ByItself>() is null, cancellationToken) is not { } session)
            return await EndedAsync(http, form);
        session.Address = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path.Value : null;
        session.Pages = pages.OfSession;
        http.Features.Set(session);
        // Too large is no forgery: whoever wrote so much hears that, and how nothing of it is lost.
        if (isPost && form is null)
            return await screens.SayAsync(http, StatusCodes.Status413PayloadTooLarge, "too-large", ["too-large.lead"]);
        if (form is not null && !IsOurs(http, form, session.Body))
        {
            await auditing.ForgedAsync(http, session.Body, cancellationToken);
            return await screens.SayAsync(http, StatusCodes.Status403Forbidden, "refused", ["refused.lead"]);
        }

        http.User = Callers.Principal(session.Body.Caller, "app");
        var result = await next(context);
        return session.IsOver ? await EndedAsync(http, form) : result;
    }

    private Task<IResult> EndedAsync(HttpContext context, IFormCollection? form) => screens.SayEndAsync(context, StatusCodes.Status401Unauthorized, "ended", ["ended.lead"], Written(context, form));

    private static LongForm? Long(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<LongForm>();

    // A message is one text; of another form it is whatever has more than a word.
    private static string? Written(HttpContext context, IFormCollection? form) =>
        form is not null && Long(context) is { } whole ? whole.Written(form, Wording.For(context.Request))
        : form?["text"].ToString() is { Length: > 0 } text ? text
        : form is not null && string.Join("\n\n", form.Where(field => field.Key is not ("programme" or "t" or "back")).SelectMany(field => field.Value).Where(value => value?.Trim().Contains(' ', StringComparison.Ordinal) is true)) is { Length: > 0 } all ? all
        : null;

    // None when it is more than is taken here.
    private static async Task<IFormCollection?> ReadAsync(HttpContext context, FormOptions limits, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.BufferBodyLengthLimit;
        if (!context.Request.HasFormContentType)
            return Microsoft.AspNetCore.Http.FormCollection.Empty;
        try
        {
            // Kept for the route behind: a body is read once.
            var form = new FormFeature(context.Request, limits);
            context.Features.Set<IFormFeature>(form);
            return await form.ReadFormAsync(cancellationToken);
        }
        catch (Exception tooLarge) when (tooLarge is InvalidDataException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return null;
        }
    }

    private static bool IsOurs(HttpContext context, IFormCollection form, Session session) =>
        context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && form["t"] is { Count: 1 } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token.ToString()), Encoding.UTF8.GetBytes(session.FormToken));
}
