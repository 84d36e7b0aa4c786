using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.SignIn;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Inbox;

/// <summary>The messages across patients of whoever signed in without a launch.</summary>
internal static class InboxRoutes
{
    public static void MapInbox(this RouteGroupBuilder session)
    {
        session.MapGet("/inbox", ListAsync);
        session.MapGet("/inbox/{message}", OpenAsync);
        session.MapPost("/inbox/{message}/{act}", ActAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, TeamCallers callers, InboxReader inbox, Screens screens, Auditing auditing, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = context.Session();
        if (await RefusedAsync(context, screens, auditing, cancellationToken) is { } no)
            return no;
        var state = context.Request.Query["state"].ToString() is var word && InboxReader.States.Contains(word) ? word : "open";
        await auditing.ReadAsync(context, session.Body, null, "inbox", null, allowed: true, null, cancellationToken);
        var list = await callers.OfAsync(session.Body.Caller, cancellationToken) is { } caller ? await inbox.ReadAsync(session, caller, state, context.Request.Query["cursor"], cancellationToken) : null;
        await auditing.ListedAsync(context, session.Body, list?.Groups.SelectMany(group => group.Messages).Select(message => message.Patient).Where(patient => list.People.TryGetValue(patient, out var who) && who.Items.Count > 0).Distinct() ?? [], cancellationToken);
        return await screens.ShowAsync<InboxPage>(StatusCodes.Status200OK, new()
        {
            [nameof(InboxPage.Words)] = Wording.For(context.Request), [nameof(InboxPage.Session)] = session, [nameof(InboxPage.List)] = list, [nameof(InboxPage.Now)] = clock.GetLocalNow(),
            [nameof(InboxPage.Said)] = MessagePages.Said(context),
        });
    }

    private static async Task<IResult> OpenAsync(HttpContext context, string message, TeamCallers callers, MessageDesk desk, MessagePages pages, PeopleSeen people, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        if (await RefusedAsync(context, screens, auditing, cancellationToken) is { } no)
            return no;
        var session = context.Session();
        var answer = await callers.OfAsync(session.Body.Caller, cancellationToken) is { } caller ? await desk.OpenAsync(caller, message, reads: !MessagePages.LooksAhead(context), cancellationToken) : null;
        if (answer is not MessageAnswer.Done { Message: var found })
        {
            await auditing.ReadAsync(context, session.Body, (answer as MessageAnswer.NotFound)?.Patient, "message", null, allowed: false, "not-found", cancellationToken);
            return await screens.NoSuchAsync(context);
        }
        await auditing.ReadAsync(context, session.Body, found.Patient, "message", found.Id, allowed: true, null, cancellationToken);
        return await ShowAsync(context, found, new AnswerForm(MessagePages.Said(context)), pages, people, screens, cancellationToken);
    }

    private static async Task<IResult> ActAsync(HttpContext context, string message, string act, TeamCallers callers, MessageDesk desk, MessageActs acts, MessagePages pages, PeopleSeen people, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        if (await RefusedAsync(context, screens, auditing, cancellationToken) is { } no)
            return no;
        var session = context.Session();
        if (!MessageActs.Words.Contains(act) || await callers.OfAsync(session.Body.Caller, cancellationToken) is not { } caller
            || await desk.OpenAsync(caller, message, reads: false, cancellationToken) is not MessageAnswer.Done { Message: var found })
            return await screens.NoSuchAsync(context);

        var form = await context.Request.ReadFormAsync(cancellationToken);
        // Done to its end, and recorded, whoever leaves meanwhile.
        var (answer, became) = await acts.DoAsync(session, caller, found, act, form, Wording.For(context.Request), CancellationToken.None);
        if (answer is not null)
            await auditing.WroteAsync(context, session.Body, MessageActs.ActionOf(act), "message", found.Id, found.Patient, answer is MessageAnswer.Done);
        if (answer is not MessageAnswer.Done)
            return await ShowAsync(context, found, became, pages, people, screens, cancellationToken);
        // What is handed on or closed is off the list; what was taken is worked on.
        var root = $"{Paths.Session(session.Id)}/inbox";
        return Results.Redirect(act is "hand" or "close" or "seen" ? $"{root}?said={Uri.EscapeDataString(became.Said!)}" : $"{root}/{found.Id}?said={Uri.EscapeDataString(became.Said!)}");
    }

    private static async Task<IResult> ShowAsync(HttpContext context, MessageView message, AnswerForm form, MessagePages pages, PeopleSeen people, Screens screens, CancellationToken cancellationToken)
    {
        var (session, words) = (context.Session(), Wording.For(context.Request));
        return await screens.ShowAsync<InboxMessagePage>(MessagePages.StatusOf(form), new()
        {
            [nameof(InboxMessagePage.One)] = await pages.OfAsync(session, words, $"{Paths.Session(session.Id)}/inbox/{message.Id}", message, form, cancellationToken),
            [nameof(InboxMessagePage.Person)] = (await people.OfAsync(session, [message.Patient])).GetValueOrDefault(message.Patient),
        });
    }

    // A launched session serves its own patient, whose messages are on their page.
    private static async Task<IResult?> RefusedAsync(HttpContext context, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var session = context.Session();
        if (session.Body.Patient is null && session.Body.Caller.IsAny(Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor))
            return null;
        await auditing.ReadAsync(context, session.Body, null, "inbox", null, allowed: false, "not-allowed", cancellationToken);
        return session.Body.Patient is { } patient ? Results.Redirect(Paths.Patient(session.Id, patient["Patient/".Length..], "messages")) : await screens.NoSuchAsync(context);
    }
}
