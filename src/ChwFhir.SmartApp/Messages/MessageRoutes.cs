using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.CareTeam.Advice;
using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Messages;

/// <summary>The messages of a patient: read them, write one, and do with one what its page offers.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this RouteGroupBuilder patient)
    {
        patient.MapGet("/messages", ReadAsync).Audited("messages");
        patient.MapPost("/messages", WriteAsync);
        patient.MapGet("/messages/{message}", OpenAsync).AuditsItself("message");
        patient.MapPost("/messages/{message}/{act}", ActAsync);
    }

    private static Task<IResult> ReadAsync(HttpContext context, ThreadReader threads, Screens screens, CancellationToken cancellationToken) =>
        ShowAsync(context.Patient(), context.Request.Query["said"].ToString() switch { "sent" => Said.Of("write.sent"), "to-team" => Said.Of("write.sent-team"), "seen" => Said.Of("done.seen"), _ => null }, threads, screens, cancellationToken,
            context.Request.Query["older"].ToString() is var place && MessageCursor.IsOne(place) ? place : null);

    private static async Task<IResult> WriteAsync(HttpContext context, MessageSending sending, TheirMedicines medicines, TeamCallers callers, ThreadReader threads, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var text = form["text"].ToString().ReplaceLineEndings("\n").Trim();
        var urgency = form["urgency"].ToString() is var word && Writing.Urgencies.Contains(word) ? word : Writing.Urgencies[0];
        var kind = form["kind"].ToString() is var what && Writing.Kinds.Contains(what) ? what : Writing.Kinds[0];
        if (!ThreadReader.MayWrite(here))
            return await ShowAsync(here, new Said("write.refused", true, text, urgency, kind), threads, screens, cancellationToken);
        if (text.Length == 0)
            return await ShowAsync(here, new Said("write.empty", true, null, urgency, kind), threads, screens, cancellationToken);
        if (text.Length > Writing.Longest)
            return await ShowAsync(here, new Said("write.too-long", true, text, urgency, kind), threads, screens, cancellationToken);
        var advice = form["advice"].ToString();
        if (!here.IsChw && advice is not ("call" or "none") && AdviceGuard.Default.Heard(text, await medicines.OfAsync(here.Session, here.Reference)) is { Count: > 0 } heard)
            return await ShowAsync(here, new Said(null, true, text, urgency, kind) { Advice = heard }, threads, screens, cancellationToken);

        // The form's own id: sent twice it is one message.
        var id = form["id"].ToString() is { Length: > 0 and <= 64 } own ? own : RandomText.New();
        var body = here.IsChw
            ? JsonSerializer.SerializeToUtf8Bytes(new { id, kind = "report", to = new[] { TeamRoles.CareTeam }, urgency, text, needsReply = true })
            : JsonSerializer.SerializeToUtf8Bytes(new { id, kind, to = new[] { TeamRoles.Chw }, urgency, text = !here.IsChw && advice == "call" ? here.Words["advice.tell-call-text"] : text, needsReply = kind != "reinforce" });
        // Done to its end, and recorded, whoever leaves meanwhile; so is all that is done here.
        var answer = await sending.SendAsync(await callers.OfPatientAsync(here.Caller, here.Reference, cancellationToken), here.Id, body, CancellationToken.None);
        await auditing.WroteAsync(context, here, AuditAction.Create, (answer as MessageAnswer.Done)?.Message.Id, answer is MessageAnswer.Done);
        return answer switch
        {
            MessageAnswer.Done => Results.Redirect(here.Path(here.IsChw ? "messages?said=to-team" : "messages?said=sent")),
            MessageAnswer.Busy => await ShowAsync(here, new Said("write.busy", true, text, urgency, kind), threads, screens, cancellationToken),
            _ => await ShowAsync(here, new Said("write.refused", true, text, urgency, kind), threads, screens, cancellationToken),
        };
    }

    // Read by somebody whom it is for, it is opened; not by a browser that only looks ahead.
    private static async Task<IResult> OpenAsync(HttpContext context, string message, MessagePages pages, MessageDesk desk, TeamCallers callers, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var caller = await callers.OfPatientAsync(here.Caller, here.Reference, cancellationToken);
        if (await desk.OpenAsync(caller, message, reads: !MessagePages.LooksAhead(context), cancellationToken) is not MessageAnswer.Done { Message: var found } || found.Patient != here.Reference)
        {
            await auditing.ReadAsync(context, here.Session.Body, here.Reference, "message", null, allowed: false, "not-found", cancellationToken);
            return await screens.NoSuchAsync(context);
        }
        await auditing.ReadAsync(context, here, "message", found.Id, cancellationToken);
        return await ShowAsync(here, found, new AnswerForm(MessagePages.Said(context)), pages, screens, cancellationToken);
    }

    private static async Task<IResult> ActAsync(HttpContext context, string message, string act, MessageActs acts, MessagePages pages, MessageDesk desk, TeamCallers callers, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var caller = await callers.OfPatientAsync(here.Caller, here.Reference, cancellationToken);
        // Another patient's message is none of this page's, whoever it is for.
        if (!MessageActs.Words.Contains(act) || await desk.OpenAsync(caller, message, reads: false, cancellationToken) is not MessageAnswer.Done { Message: var found } || found.Patient != here.Reference)
            return await screens.NoSuchAsync(context);

        var (answer, became) = await acts.DoAsync(here.Session, caller, found, act, await context.Request.ReadFormAsync(cancellationToken), here.Words, CancellationToken.None);
        if (answer is not null)
            await auditing.WroteAsync(context, here, MessageActs.ActionOf(act), found.Id, answer is MessageAnswer.Done);
        if (answer is MessageAnswer.Done)
            return Results.Redirect(act == "seen" ? here.Path("messages?said=seen") : here.Path($"messages/{found.Id}?said={Uri.EscapeDataString(became.Said!)}"));
        return await ShowAsync(here, found, became, pages, screens, cancellationToken);
    }

    private static async Task<IResult> ShowAsync(PatientHere here, MessageView message, AnswerForm form, MessagePages pages, Screens screens, CancellationToken cancellationToken) => await screens.ShowAsync<MessagePage>(
        here, MessagePages.StatusOf(form), (nameof(MessagePage.One), await pages.OfAsync(here.Session, here.Words, here.Path($"messages/{message.Id}"), message, form, cancellationToken)));

    private static async Task<IResult> ShowAsync(PatientHere here, Said? said, ThreadReader threads, Screens screens, CancellationToken cancellationToken, string? cursor = null) => await screens.ShowAsync<MessagesPage>(
        here, said is { IsTrouble: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, (nameof(MessagesPage.Thread), await threads.ReadAsync(here, said, cursor, cancellationToken)));
}
