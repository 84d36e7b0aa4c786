using ChwFhir.Access;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.CareTeam;
using ChwFhir.Intake;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChwFhir.Api.Messages;

/// <summary>The inbox of the care team and what people do with what is in it.</summary>
internal static class MessageRoutes
{
    private const int LargestBody = 64 * 1024;
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/messages").WithTags("Messages");

        messages.MapGet("/", ListAsync)
            .Gives(Media.Json)
            .For(May.WriteMessages).WithName("listMessages")
            .WithSummary("The inbox, across patients")
            .WithDescription("What is for the caller's role or for the caller by name, and what the caller wrote. `open` (default): still to be closed, by due time; `mine`: of those what the caller has taken or written; `closed`: done with, newest first. Listing opens nothing.")
            .Produces<MessageViewPage>()
            .ProducesProblems(400, 406, 503);

        messages.MapGet("/{id}", OpenAsync)
            .Gives(Media.Json)
            .For(May.WriteMessages).WithName("readMessage")
            .WithSummary("Read a message")
            .WithDescription("Read by somebody it is for, it is opened: that stops its clock. Its writer, and who only has a copy, open nothing; nor does HEAD.")
            .Produces<MessageView>()
            .ProducesProblems(404, 406, 503);

        Act(messages, "/{id}/take", TakeAsync, "takeMessage", "Take a message on", "The caller sees to it from here on. Taking it again changes nothing; what somebody else has taken is 409.");
        Act(messages, "/{id}/acknowledge", AcknowledgeAsync, "acknowledgeMessage", "Say that it was read", "It is opened with that, if nobody had opened it yet.");
        Act(messages, "/{id}/replies", ReplyAsync, "replyToMessage", "Reply", "The reply is kept with the service and its reader is told; it goes to no chart. `for`: whose turn it is; `will`: what the writer does (`i-call` takes the message on). The same `id` with the same content is one reply.")
            .TakesJson().Accepts<ReplyToSend>(Media.Json).ProducesProblems(400, 413, 415, 422);
        Act(messages, "/{id}/close", CloseAsync, "closeMessage", "Close a message", "By those it is for; by its writer only as `not-needed`, with a reason. `knownUntil`, a clinician's: until that day the symptoms that it speaks of raise no alert.")
            .TakesJson().Accepts<CloseToSend>(Media.Json).ProducesProblems(400, 413, 415, 422);
        Act(messages, "/{id}/hand", HandAsync, "handMessage", "Hand a message on", "To another role or to somebody of the staff by name, as if it had just been sent to them: it is told anew and its clock begins anew. Who had it may read on. What is held is handed to nobody whom it was not sent to.")
            .TakesJson().Accepts<HandToSend>(Media.Json).ProducesProblems(400, 403, 413, 415, 422);
        Act(messages, "/{id}/file", FileAsync, "fileMessage", "File to chart", "A clinician's, nurse's or social worker's own words go to the chart, as a document that names them: with `reply` that reply of theirs; without a body the message that they wrote, or that they have seen it. Nobody else can ask for it. Asked for again it is the same document; how far it is stands under `/visit-notes/{note}` of `filed`. 409: it is for a few only (`held`), was taken back (`withdrawn`), or the EHR does not know the writer (`author-not-found`).")
            .Accepts<FileToSend>(isOptional: true, Media.Json).ProducesProblems(400, 413, 415, 422);
    }

    /// <summary>Messages that come by themselves.</summary>
    public static void MapPatientMessages(this IEndpointRouteBuilder api) =>
        Act(api, "/patients/{id}/messages", SendAsync, "sendMessage", "Send a message about a patient", "It stands in the inbox of those it is for with the answer. A CHW's goes to the chart as well, as a Communication or, where the EHR takes none, as a document of its own; what the team says stays with the service. The same `id` with the same content is one message.")
            .WithTags("Messages").TakesJson().Accepts<MessageToSend>(Media.Json).ProducesProblems(400, 413, 415, 422);

    internal static Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context, CancellationToken cancellationToken) => JsonBody.ReadAsync(context.Request, LargestBody, cancellationToken);

    internal static IResult Answer(HttpResponse response, MessageAnswer answer, Func<MessageAnswer.Done, IResult> done) => answer switch
    {
        MessageAnswer.Done finished => done(finished),
        MessageAnswer.NotFound(var patient) => NoSuch(response.HttpContext, patient),
        MessageAnswer.NotAllowed(var code, var detail) => Problems.Of(StatusCodes.Status403Forbidden, code, detail),
        MessageAnswer.Conflict(var code, var detail) => Problems.Of(StatusCodes.Status409Conflict, code, detail),
        MessageAnswer.Invalid(var faults) => Problems.Invalid(faults),
        MessageAnswer.Unreadable(var fault) => Problems.Unreadable(fault),
        MessageAnswer.Busy(var retryAfter) => Problems.StoreBusy(response, retryAfter),
        var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
    };

    // The caller hears that there is none; the audit log, that there is one.
    private static ProblemHttpResult NoSuch(HttpContext context, string? patient)
    {
        if (patient is not null)
            AuditTrail.Of(context).Refuse(patient, "not-theirs");
        return Problems.NotFound("There is no such message or patient.");
    }

    private static RouteHandlerBuilder Act(IEndpointRouteBuilder messages, string path, Delegate handler, string name, string summary, string description) => messages.MapPost(path, handler)
        .Gives(Media.Json).RequireRateLimiting(Listening.Writes)
        .For(May.WriteMessages).WithName(name).WithSummary(summary).WithDescription(description)
        .Produces<MessageView>(StatusCodes.Status202Accepted)
        .ProducesProblems(404, 406, 409, 429, 503);

    private static async Task<Results<Ok<MessageViewPage>, ProblemHttpResult>> ListAsync(
        HttpContext context, TeamCallers callers, MessageDesk desk, string? to, string? state, string? patient, string? limit, string? cursor, CancellationToken cancellationToken) =>
        MessageListQuery.Read(context.Request.Query, out var fault) is not { } query ? Problems.BadRequest("bad-parameter", fault)
            : await callers.OfAsync(context.Caller(), cancellationToken) is { } caller ? TypedResults.Ok(AuditTrail.Of(context).LookedFor(query.Patient, await desk.ListAsync(caller, query, cancellationToken), page => page.Items.Count))
            : Problems.PanelNotKnown(context.Response);

    private static async Task<IResult> OpenAsync(string id, HttpContext context, TeamCallers callers, MessageDesk desk, CancellationToken cancellationToken) =>
        await callers.OfAsync(context.Caller(), cancellationToken) is { } caller
            ? Answer(context.Response, await desk.OpenAsync(caller, id, reads: !HeadAsGet.IsHead(context), cancellationToken), done => TypedResults.Ok(done.Message))
            : Problems.PanelNotKnown(context.Response);

    private static async Task<IResult> SendAsync(string id, HttpContext context, PatientAccess patients, TeamCallers callers, MessageSending sending, CancellationToken cancellationToken)
    {
        // A message must not wait for the EHR: what only it could tell is found out before the message goes to the chart.
        var answer = await patients.MayReadAsync(context.Caller(), $"Patient/{id}", LongestLook, cancellationToken);
        if (answer is PatientAnswer.NotInPanel or PatientAnswer.NotAllowed)
            return Problems.Of(StatusCodes.Status403Forbidden, "not-in-panel", "This is none of your patients; nobody was told. Call the clinic when it cannot wait.");
        var caller = await callers.OfPatientAsync(context.Caller(), $"Patient/{id}", cancellationToken) with { IsPanelUnknown = answer == PatientAnswer.NotYetKnown };
        return Accepted(context.Response, await sending.SendAsync(caller, id, await BodyAsync(context, cancellationToken), cancellationToken));
    }

    private static async Task<IResult> TakeAsync(string id, HttpContext context, TeamCallers callers, MessageDesk desk, CancellationToken cancellationToken) =>
        await DoAsync(context, callers, caller => desk.TakeAsync(caller, id, cancellationToken), cancellationToken);

    private static async Task<IResult> AcknowledgeAsync(string id, HttpContext context, TeamCallers callers, MessageDesk desk, CancellationToken cancellationToken) =>
        await DoAsync(context, callers, caller => desk.AcknowledgeAsync(caller, id, cancellationToken), cancellationToken);

    private static async Task<IResult> ReplyAsync(string id, HttpContext context, TeamCallers callers, MessageDesk desk, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(context, cancellationToken);
        return await DoAsync(context, callers, caller => desk.ReplyAsync(caller, id, body, cancellationToken), cancellationToken);
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext context, TeamCallers callers, MessageDesk desk, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(context, cancellationToken);
        return await DoAsync(context, callers, caller => desk.CloseAsync(caller, id, body, cancellationToken), cancellationToken);
    }

    private static async Task<IResult> HandAsync(string id, HttpContext context, TeamCallers callers, MessageDesk desk, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(context, cancellationToken);
        return await DoAsync(context, callers, caller => desk.HandAsync(caller, id, body, cancellationToken), cancellationToken);
    }

    private static async Task<IResult> FileAsync(string id, HttpContext context, TeamCallers callers, MessageFiling filing, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(context, cancellationToken);
        return body.IsEmpty || JsonBody.IsJson(context.Request)
            ? await DoAsync(context, callers, caller => filing.FileAsync(caller, id, body, cancellationToken), cancellationToken)
            : TypedResults.Problem(Problems.Plain(StatusCodes.Status415UnsupportedMediaType));
    }

    private static async Task<IResult> DoAsync(HttpContext context, TeamCallers callers, Func<TeamCaller, Task<MessageAnswer>> act, CancellationToken cancellationToken) =>
        await callers.OfAsync(context.Caller(), cancellationToken) is { } caller ? Accepted(context.Response, await act(caller)) : Problems.PanelNotKnown(context.Response);

    private static IResult Accepted(HttpResponse response, MessageAnswer answer) =>
        Answer(response, answer, done => TypedResults.Accepted($"/api/v1/messages/{done.Message.Id}", done.Message));
}
