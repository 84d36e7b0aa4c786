using System.Globalization;
using ChwFhir.Audit;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>Writing a visit, and what became of it. All of it works without script: rows, suggestions and the look at the note are then pages of their own.</summary>
internal static class WriteVisitRoutes
{
    public static void MapWriteVisit(this RouteGroupBuilder patient)
    {
        patient.MapGet("/visit/new", NewAsync).Audited("visit-form");
        patient.MapPost("/visit/new", PostAsync).WithMetadata(new LongForm(WrittenWords.Of));
        patient.MapPost("/visit/new/look", LookAsync).WithMetadata(new LongForm(WrittenWords.Of));
        patient.MapPost("/visit/new/suggestions", SuggestAsync).WithMetadata(new LongForm(WrittenWords.Of));
        patient.MapGet("/visit/{note}", SentAsync).AuditsItself("visit-note");
        patient.MapGet("/visit/{note}/state", StateAsync).AuditsItself("visit-note").WithMetadata(new ByItself());
        patient.MapPost("/visit/{note}/messages", TellAsync);
    }

    private static async Task<IResult> NewAsync(HttpContext context, VisitWriting writing, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        return VisitWriting.MayWrite(here)
            ? await ShowAsync(here, screens, await writing.BeginAsync(here, cancellationToken), StatusCodes.Status200OK, isFresh: true)
            : await screens.SayAsync(context, StatusCodes.Status403Forbidden, "form.not-for-you", [here.Session.Body.Practitioner is null ? "patients.no-practitioner" : "form.not-yours", "form.not-yours-instead", "refusal.unchanged"]);
    }

    private static async Task<IResult> PostAsync(HttpContext context, VisitWriting writing, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var form = FormFields.Of(await context.Request.ReadFormAsync(cancellationToken));
        if (!VisitWriting.MayWrite(here))
            return await screens.SayAsync(context, StatusCodes.Status403Forbidden, "form.not-for-you", ["form.not-yours", "refusal.unchanged"]);
        // A draft names its patient: in another chart it is nobody's, and one that names none is not a form of ours.
        if (form.Text("for") != here.Reference)
            return await screens.SayAsync(context, StatusCodes.Status409Conflict, "trouble", ["form.another-patient", "refusal.unchanged"]);

        var (word, of) = form.Text("do") is { } asked && asked.IndexOf(':', StringComparison.Ordinal) is var at and > 0 ? (asked[..at], asked[(at + 1)..]) : (form.Text("do") ?? "look", "");
        // What is sent is taken to its end, and recorded, whoever leaves meanwhile.
        switch (word)
        {
            case "add": return await ShowAsync(here, screens, form.With((form.NextRow(of) + ".", "")));
            case "remove": return await ShowAsync(here, screens, form.Without(of));
            case "refuse": return await ShowAsync(here, screens, form.And("refused", of), suggested: writing.Suggest(here, form.And("refused", of)));
            case "take": return await TakeAsync(here, of, form, writing, screens);
            case "send": return await SendAsync(context, here, form, await writing.SendAsync(here, form, CancellationToken.None), AuditAction.Create, writing, screens, auditing, cancellationToken);
            case "amend": return await SendAsync(context, here, form, await writing.AmendAsync(here, form, CancellationToken.None), AuditAction.Update, writing, screens, auditing, cancellationToken);
            default:
                var (look, faults) = await writing.LookAsync(here, form, cancellationToken);
                return await ShowAsync(here, screens, form, faults.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, faults, writing.Suggest(here, form), look);
        }
    }

    private static Task<IResult> TakeAsync(PatientHere here, string key, FormFields form, VisitWriting writing, Screens screens)
    {
        var taken = writing.Suggest(here, form).FirstOrDefault(one => one.Key == key)?.Into(form) ?? form;
        return ShowAsync(here, screens, taken, suggested: writing.Suggest(here, taken));
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, PatientHere here, FormFields form, Receipt receipt, AuditAction action, VisitWriting writing, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var status = receipt switch { Receipt.Accepted(var taken) => taken, Receipt.AlreadyHere(var there) => there, _ => null };
        await auditing.SentAsync(context, here, action, status?.Number);
        if (status is not null)
        {
            await writing.RefuseAsync(here, form, status, CancellationToken.None);
            return Results.Redirect(here.Path($"visit/{status.Id}"));
        }

        var words = here.Words;
        switch (receipt)
        {
            case Receipt.Invalid(var faults):
                return await ShowAsync(here, screens, form, StatusCodes.Status422UnprocessableEntity, FaultWords.Of(faults, writing.Build(here, form), words), writing.Suggest(here, form));
            case Receipt.Conflict or Receipt.Stale when await writing.FindOwnAsync(here, form.Text("id") ?? "", cancellationToken) is not null:
                return await ShowAsync(here, screens, form, StatusCodes.Status409Conflict, [new FieldFault(null, words["form.sent-before"])], mayAmend: true);
            case Receipt.TooLarge:
                return await ShowAsync(here, screens, form, StatusCodes.Status413PayloadTooLarge, [new FieldFault(null, words["form.too-large"])]);
            case Receipt.Busy:
                return await ShowAsync(here, screens, form, StatusCodes.Status503ServiceUnavailable, [new FieldFault(null, words["form.busy"])]);
            case Receipt.NotTheAuthor:
                return await ShowAsync(here, screens, form, StatusCodes.Status403Forbidden, [new FieldFault(null, words["form.not-yours"])]);
            case Receipt.Withdrawn:
                return await ShowAsync(here, screens, form, StatusCodes.Status409Conflict, [new FieldFault(null, words["form.withdrawn"])]);
            default:
                return await ShowAsync(here, screens, form, StatusCodes.Status422UnprocessableEntity, [new FieldFault(null, words["form.unreadable"])]);
        }
    }

    // What a script puts into the page: words alone, of the form as it stands.
    private static async Task<IResult> LookAsync(HttpContext context, VisitWriting writing, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        if (!VisitWriting.MayWrite(here))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var (look, faults) = await writing.LookAsync(here, FormFields.Of(await context.Request.ReadFormAsync(cancellationToken)), cancellationToken);
        look ??= NoteLook.Failed(string.Join(" ", faults.Select(fault => fault.Says)));
        return await screens.ShowAsync<LookPart>(StatusCodes.Status200OK, new() { [nameof(LookPart.Words)] = here.Words, [nameof(LookPart.Look)] = look });
    }

    private static async Task<IResult> SuggestAsync(HttpContext context, VisitWriting writing, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        if (!VisitWriting.MayWrite(here))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        var suggested = writing.Suggest(here, FormFields.Of(await context.Request.ReadFormAsync(cancellationToken)));
        return suggested.Count == 0 ? Results.Content("", "text/html") : await screens.ShowAsync<SuggestionsPart>(StatusCodes.Status200OK, new() { [nameof(SuggestionsPart.Words)] = here.Words, [nameof(SuggestionsPart.Suggested)] = suggested });
    }

    private static async Task<IResult> SentAsync(HttpContext context, string note, AfterVisit after, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        if (await after.ReadAsync(here, note, cancellationToken) is not { } seen)
        {
            await auditing.ReadAsync(context, here.Session.Body, here.Reference, "visit-note", null, allowed: false, "not-found", cancellationToken);
            return await screens.NoSuchAsync(context);
        }
        await auditing.ReadAsync(context, here, "visit-note", seen.Note.Number.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return await screens.ShowAsync<SentPage>(here, (nameof(SentPage.After), seen with { Said = context.Request.Query["said"] == "told" ? here.Words["after.told"] : null }));
    }

    private static async Task<IResult> StateAsync(HttpContext context, string note, AfterVisit after, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        return await after.ReadAsync(here, note, cancellationToken) is { } seen ? await screens.ShowAsync<BecamePart>(here, (nameof(BecamePart.Note), seen.Note)) : Results.NotFound();
    }

    private static async Task<IResult> TellAsync(HttpContext context, string note, AfterVisit after, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        if (!VisitWriting.MayWrite(here) || await after.ReadAsync(here, note, cancellationToken) is not { } seen)
            return await screens.NoSuchAsync(context);
        var form = FormFields.Of(await context.Request.ReadFormAsync(cancellationToken));
        var (told, trouble) = await after.TellAsync(here, form, CancellationToken.None);
        await auditing.WroteAsync(context, here, AuditAction.Create, told?.Id, told is not null);
        return told is not null
            ? Results.Redirect(here.Path($"visit/{seen.Note.Id}?said=told#told"))
            : await screens.ShowAsync<SentPage>(here, StatusCodes.Status422UnprocessableEntity, (nameof(SentPage.After), seen with { Said = here.Words[trouble!], IsTrouble = true, Form = form }));
    }

    private static Task<IResult> ShowAsync(
        PatientHere here, Screens screens, FormFields form, int status = StatusCodes.Status200OK, IReadOnlyList<FieldFault>? faults = null, IReadOnlyList<SuggestedPart>? suggested = null, NoteLook? look = null,
        bool mayAmend = false, bool isFresh = false) => screens.ShowAsync<VisitFormPage>(
            here, status, (nameof(VisitFormPage.View), new FormView(here.Words, form, faults ?? [])), (nameof(VisitFormPage.Suggested), suggested ?? []), (nameof(VisitFormPage.Look), look),
            (nameof(VisitFormPage.MayAmend), mayAmend), (nameof(VisitFormPage.IsFresh), isFresh));
}
