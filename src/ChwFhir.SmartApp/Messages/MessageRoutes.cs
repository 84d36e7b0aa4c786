using System.Text.Json;
using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Messages;

/// <summary>The messages of a patient: read, write to the CHW, say that one was seen.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this RouteGroupBuilder patient)
    {
        patient.MapGet("/messages", ReadAsync).Audited("messages");
        patient.MapPost("/messages", WriteAsync);
        patient.MapPost("/messages/{message}/seen", SeenAsync);
    }

    private static Task<IResult> ReadAsync(HttpContext context, ThreadReader threads, Screens screens, CancellationToken cancellationToken) =>
        ShowAsync(context.Patient(), context.Request.Query["said"] == "sent" ? Said.Sent : null, threads, screens, cancellationToken);

    private static async Task<IResult> WriteAsync(HttpContext context, MessageSending sending, ThreadReader threads, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var text = form["text"].ToString().ReplaceLineEndings("\n").Trim();
        var urgency = form["urgency"].ToString() is var word && Writing.Urgencies.Contains(word) ? word : Writing.Urgencies[0];
        if (!ThreadReader.MayWrite(here))
            return await ShowAsync(here, Said.Refused(text, urgency), threads, screens, cancellationToken);
        if (text.Length == 0)
            return await ShowAsync(here, Said.Empty(urgency), threads, screens, cancellationToken);
        if (text.Length > Writing.Longest)
            return await ShowAsync(here, Said.TooLong(text, urgency), threads, screens, cancellationToken);

        // The form's own id: sent twice it is one message.
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = form["id"].ToString() is { Length: > 0 and <= 64 } id ? id : RandomText.New(), kind = "ask", to = new[] { "chw" }, urgency, text, needsReply = true });
        var answer = await sending.SendAsync(StoreReader.CallerOf(here.Session.Body), here.Id, body, cancellationToken);
        await auditing.WroteAsync(context, here, AuditAction.Create, (answer as MessageAnswer.Done)?.Message.Id, answer is MessageAnswer.Done, cancellationToken);
        return answer switch
        {
            MessageAnswer.Done => Results.Redirect(here.Path("messages?said=sent")),
            MessageAnswer.Busy => await ShowAsync(here, Said.Busy(text, urgency), threads, screens, cancellationToken),
            _ => await ShowAsync(here, Said.Refused(text, urgency), threads, screens, cancellationToken),
        };
    }

    private static async Task<IResult> SeenAsync(HttpContext context, string message, MessageDesk desk, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var caller = StoreReader.CallerOf(here.Session.Body);
        // Another patient's message is none of this page's, whoever it is for.
        if (await desk.OpenAsync(caller, message, reads: false, cancellationToken) is not MessageAnswer.Done { Message.Patient: var whose } || whose != here.Reference)
            return await screens.NoSuchAsync(context);

        var answer = await desk.AcknowledgeAsync(caller, message, cancellationToken);
        await auditing.WroteAsync(context, here, AuditAction.Update, message, answer is MessageAnswer.Done, cancellationToken);
        return Results.Redirect(here.Path("messages"));
    }

    private static async Task<IResult> ShowAsync(PatientHere here, Said? said, ThreadReader threads, Screens screens, CancellationToken cancellationToken) => await screens.ShowAsync<MessagesPage>(
        here, said is { IsTrouble: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, (nameof(MessagesPage.Thread), await threads.ReadAsync(here, said, cancellationToken)));
}
