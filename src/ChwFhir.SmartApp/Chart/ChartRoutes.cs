using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.Fhir.Smart;
using ChwFhir.Mapping;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Chart;

/// <summary>The pages of a session: one patient from the EHR, or the panel of who signed in without it.</summary>
internal static class ChartRoutes
{
    public static void MapChart(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/app/{session:length(43)}").AddEndpointFilter<SignedIn>();
        session.MapGet("/", HomeAsync);
        session.MapGet("/notes/{id}", NoteAsync);
        session.MapGet("/style.css", Style);
        session.MapPost("/messages", WriteAsync);
        session.MapPost("/messages/{id}/seen", SeenAsync);
        session.MapPost("/sign-out", SignOutAsync);
    }

    private static Task<IResult> HomeAsync(HttpContext context, ChartScreens screens, CancellationToken cancellationToken) =>
        context.Request.Query["said"] == "sent" ? screens.HomeAsync(context, Said.Sent, cancellationToken) : screens.HomeAsync(context, null, cancellationToken);

    private static Task<IResult> NoteAsync(HttpContext context, string id, ChartScreens screens, CancellationToken cancellationToken) => screens.NoteAsync(context, id, cancellationToken);

    private static IResult Style(HttpContext context)
    {
        var style = Here(context).Body.Style;
        return Results.Content($":root{{{string.Concat(style.Select(one => $"{one.Key}:{one.Value};"))}}}", "text/css");
    }

    private static async Task<IResult> WriteAsync(HttpContext context, MessageSending sending, ChartScreens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var session = Here(context);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var text = form["text"].ToString().ReplaceLineEndings("\n").Trim();
        var urgency = form["urgency"].ToString() is var word && Writing.Urgencies.Contains(word) ? word : Writing.Urgencies[0];
        if (!await screens.MayWriteAsync(session, cancellationToken))
            return await screens.HomeAsync(context, Said.Refused(text, urgency), cancellationToken);
        if (text.Length == 0)
            return await screens.HomeAsync(context, Said.Empty(urgency), cancellationToken);
        if (text.Length > Writing.Longest)
            return await screens.HomeAsync(context, Said.TooLong(text, urgency), cancellationToken);

        // The form's own id: sent twice it is one message.
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = form["id"].ToString() is { Length: > 0 and <= 64 } id ? id : RandomText.New(), kind = "ask", to = new[] { "chw" }, urgency, text, needsReply = true });
        var answer = await sending.SendAsync(StoreReader.CallerOf(session.Body), session.Body.Patient!["Patient/".Length..], body, cancellationToken);
        await auditing.WroteAsync(context, session.Body, AuditAction.Create, (answer as MessageAnswer.Done)?.Message.Id, answer is MessageAnswer.Done, cancellationToken);
        return answer switch
        {
            MessageAnswer.Done => Results.Redirect($"{Paths.Session(session.Id)}?said=sent"),
            MessageAnswer.Busy => await screens.HomeAsync(context, Said.Busy(text, urgency), cancellationToken),
            _ => await screens.HomeAsync(context, Said.Refused(text, urgency), cancellationToken),
        };
    }

    private static async Task<IResult> SeenAsync(HttpContext context, string id, MessageDesk desk, ChartScreens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var session = Here(context);
        var caller = StoreReader.CallerOf(session.Body);
        // Another patient's message is none of this session's, whoever it is for.
        if (session.Body.Patient is not { } patient || await desk.OpenAsync(caller, id, reads: false, cancellationToken) is not MessageAnswer.Done { Message.Patient: var whose } || whose != patient)
            return await screens.NoSuchAsync(context);

        var answer = await desk.AcknowledgeAsync(caller, id, cancellationToken);
        await auditing.WroteAsync(context, session.Body, AuditAction.Update, id, answer is MessageAnswer.Done, cancellationToken);
        return Results.Redirect(Paths.Session(session.Id));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionDesk desk, TokenEnding tokens, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var session = Here(context);
        await desk.EndAsync(context, session.Id, cancellationToken);
        await auditing.WentAsync(context, session.Body, cancellationToken);
        await tokens.EndAsync(session.Body);
        return await screens.SayEndAsync(context, StatusCodes.Status200OK, "out", ["out.lead"]);
    }

    private static OpenSession Here(HttpContext context) => context.Features.GetRequiredFeature<OpenSession>();
}
