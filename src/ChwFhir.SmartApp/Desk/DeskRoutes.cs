using ChwFhir.Access;
using ChwFhir.Audit;
using ChwFhir.Delivery;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Desk;

/// <summary>The supervisor's desk: what waits, with both sides, and their word on it; the writes to the EHR. The same calls as the API's, with the same rights.</summary>
internal static class DeskRoutes
{
    private const int LongestReason = 500;

    public static void MapDesk(this RouteGroupBuilder session)
    {
        session.MapGet("/desk", ShowAsync);
        session.MapPost("/desk/endpoints/{name}/{turn}", TurnAsync);
        session.MapGet("/desk/notes/{note}", NoteAsync);
        session.MapPost("/desk/notes/{note}/{act}", ActAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, DeskReader desk, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await RefusedAsync(context, screens, auditing, cancellationToken) is { } no)
            return no;
        var session = context.Session();
        await auditing.ReadAsync(context, session.Body, null, "desk", null, allowed: true, null, cancellationToken);
        var view = await desk.ReadAsync(session, cancellationToken);
        await auditing.ListedAsync(context, session.Body, (view.Attention ?? []).Concat(view.Waiting).Where(note => note.Person?.Items.Count > 0).Select(note => note.Status.Patient!).Distinct(), cancellationToken);
        return await screens.ShowAsync<DeskPage>(StatusCodes.Status200OK, new()
        {
            [nameof(DeskPage.Words)] = Wording.For(context.Request), [nameof(DeskPage.Session)] = session, [nameof(DeskPage.Desk)] = view, [nameof(DeskPage.Now)] = clock.GetLocalNow(), [nameof(DeskPage.Said)] = Said(context),
        });
    }

    private static async Task<IResult> NoteAsync(HttpContext context, string note, DeskReader desk, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken) =>
        await RefusedAsync(context, screens, auditing, cancellationToken) ?? await ShowNoteAsync(context, note, Said(context), null, desk, screens, auditing, clock, cancellationToken);

    private static async Task<IResult> TurnAsync(HttpContext context, string name, string turn, DeliveryDesk delivery, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        if (await RefusedAsync(context, screens, auditing, cancellationToken) is { } no)
            return no;
        if (turn is not ("pause" or "resume"))
            return await screens.NoSuchAsync(context);
        var session = context.Session();
        var reason = Text(await context.Request.ReadFormAsync(cancellationToken), "reason");
        try
        {
            // Done to its end, and recorded, whoever leaves meanwhile; so is all that is done here.
            var endpoint = turn == "pause" ? await delivery.PauseAsync(name, session.Body.Name, reason, CancellationToken.None) : await delivery.ResumeAsync(name, session.Body.Name, reason, CancellationToken.None);
            await auditing.WroteAsync(context, session.Body, AuditAction.Execute, "endpoint", turn, null, endpoint is not null);
            return endpoint is null ? await screens.NoSuchAsync(context) : Results.Redirect($"{Desk(session)}?said={turn}");
        }
        catch (StoreUnavailableException)
        {
            return Results.Redirect($"{Desk(session)}?said=busy");
        }
    }

    private static async Task<IResult> ActAsync(HttpContext context, string note, string act, DeskReader desk, VisitNoteJourney journey, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await RefusedAsync(context, screens, auditing, cancellationToken) is { } no)
            return no;
        var session = context.Session();
        if (await journey.FindAsync(session.Body.Caller, note, NoteRights.Decide, cancellationToken) is not { } found)
        {
            await auditing.WroteAsync(context, session.Body, AuditAction.Update, "visit-note", null, null, done: false);
            return await screens.NoSuchAsync(context);
        }
        var form = await context.Request.ReadFormAsync(cancellationToken);
        string? fault;
        try
        {
            fault = await DoAsync(journey, found, act, form, session.Body.Name, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            fault = "desk.busy";
        }
        await auditing.WroteAsync(context, session.Body, act is "release" or "refuse" ? AuditAction.Release : AuditAction.Update, found.Status.Kind, $"{found.Number}", found.Patient, fault is null);
        return fault is null ? Results.Redirect($"{Desk(session)}/notes/{Uri.EscapeDataString(note)}?said={Uri.EscapeDataString(act)}") : await ShowNoteAsync(context, note, null, fault, desk, screens, auditing, clock, cancellationToken);
    }

    /// <returns>Key of why it was not done; null when it was.</returns>
    private static async Task<string?> DoAsync(VisitNoteJourney journey, FoundNote found, string act, IFormCollection form, string by, CancellationToken cancellationToken)
    {
        var id = found.Status.Id;
        var reason = Text(form, "reason");
        switch (act)
        {
            case "retry":
                return await journey.RetryAsync(id, cancellationToken) is null ? "desk.gone" : null;
            case "release":
                return await journey.ReleaseAsync(id, by, reason, cancellationToken) is { Release: { Decision: not "released" } } ? "desk.decided" : null;
            case "refuse" when reason is null:
                return "desk.reason";
            case "refuse":
                return await journey.RefuseReleaseAsync(id, by, reason, cancellationToken) switch { { Release: null } => "desk.nothing-open", { Release.Decision: not "refused" } => "desk.decided", _ => null };
            case "removed":
                return await journey.RemovedAsync(id, form["key"].ToString(), by, cancellationToken) is null ? "desk.nothing-open" : null;
            case "resolve":
                var decision = form["decision"].ToString();
                var result = await journey.ResolveAsync(
                    id, new NoteDecision(form["key"].ToString(), decision, decision == "written" ? Text(form, "reference") : null, decision == "use-encounter" ? Text(form, "encounter") : null, reason), by, cancellationToken);
                return result switch
                {
                    ResolveResult.Kept => null,
                    ResolveResult.BeingWritten => "desk.being-written",
                    ResolveResult.Invalid { Faults: [{ Pointer: "/reason" }, ..] } => "desk.reason",
                    ResolveResult.Invalid { Faults: [{ Pointer: "/reference" or "/encounter", Code: "required" or "invalid-reference" or "wrong-type" }, ..] } => "desk.reference",
                    ResolveResult.Invalid { Faults: [{ Code: "not-found" }, ..] } => "desk.not-found",
                    ResolveResult.Invalid { Faults: [{ Code: "of-another-patient" }, ..] } => "desk.other-patient",
                    ResolveResult.Invalid { Faults: [{ Code: "patient-merged" }, ..] } => "desk.merged",
                    ResolveResult.Invalid => "desk.does-not-fit",
                    _ => "desk.nothing-open",
                };
            default:
                return "desk.gone";
        }
    }

    private static async Task<IResult> ShowNoteAsync(HttpContext context, string note, string? said, string? fault, DeskReader desk, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = context.Session();
        if (await desk.FindAsync(session, note, cancellationToken) is not var (found, history))
        {
            await auditing.ReadAsync(context, session.Body, null, "visit-note", null, allowed: false, "not-found", cancellationToken);
            return await screens.NoSuchAsync(context);
        }
        await auditing.ReadAsync(context, session.Body, found.Status.Patient, found.Status.Kind, $"{found.Status.Number}", allowed: true, null, cancellationToken);
        return await screens.ShowAsync<DeskNotePage>(fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, new()
        {
            [nameof(DeskNotePage.Words)] = Wording.For(context.Request), [nameof(DeskNotePage.Session)] = session, [nameof(DeskNotePage.Note)] = found, [nameof(DeskNotePage.History)] = history,
            [nameof(DeskNotePage.Now)] = clock.GetLocalNow(), [nameof(DeskNotePage.Said)] = said, [nameof(DeskNotePage.Fault)] = fault,
        });
    }

    private static async Task<IResult?> RefusedAsync(HttpContext context, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var session = context.Session();
        if (session.Body.Caller.Is(Role.Supervisor) && session.Body.Patient is null)
            return null;
        await auditing.ReadAsync(context, session.Body, null, "desk", null, allowed: false, "not-allowed", cancellationToken);
        return await screens.NoSuchAsync(context);
    }

    private static string Desk(OpenSession session) => $"{Paths.Session(session.Id)}/desk";

    private static string? Said(HttpContext context) =>
        context.Request.Query["said"].ToString() is "pause" or "resume" or "busy" or "retry" or "release" or "refuse" or "removed" or "resolve" ? $"desk.said-{context.Request.Query["said"]}" : null;

    private static string? Text(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestReason)] : null;
}
