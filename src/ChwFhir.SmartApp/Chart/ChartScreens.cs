using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Speech;
using Microsoft.AspNetCore.Http.Features;

namespace ChwFhir.SmartApp.Chart;

/// <summary>What a session shows: read, written into the audit log, then shown.</summary>
internal sealed class ChartScreens(ChartReader chart, StoreReader store, PanelReader panel, UserChart charts, PatientAccess access, MappingOptions mapping, Auditing auditing, Screens screens, TimeProvider clock)
{
    // Those who answer for the plan write to the CHW; CHWs write notes.
    private static readonly Role[] Writers = [Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];

    public async Task<IResult> HomeAsync(HttpContext context, Said? said, CancellationToken cancellationToken)
    {
        var session = context.Features.GetRequiredFeature<OpenSession>();
        if (session.Body.Patient is not { } patient)
            return await PatientsAsync(context, session, cancellationToken);

        var may = await access.MayReadAsync(session.Body.Caller, patient, cancellationToken);
        await auditing.ReadAsync(context, session.Body, "overview", null, may == PatientAnswer.Yes, may == PatientAnswer.Yes ? null : Words.Of(may), cancellationToken);
        if (may != PatientAnswer.Yes)
            return await screens.SayAsync(context, StatusCodes.Status403Forbidden, "trouble", [$"access.{may}"]);

        var parts = await chart.ReadAsync(session, cancellationToken);
        var notes = await store.NotesAsync(session.Body, cancellationToken);
        var messages = await store.MessagesAsync(session.Body, cancellationToken);
        var words = Wording.For(context.Request.Headers.AcceptLanguage);
        return await screens.ShowAsync<ChartPage>(said is { IsTrouble: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, new()
        {
            [nameof(ChartPage.Words)] = words,
            [nameof(ChartPage.Session)] = session,
            [nameof(ChartPage.Parts)] = parts,
            [nameof(ChartPage.Notes)] = notes,
            [nameof(ChartPage.Messages)] = messages,
            [nameof(ChartPage.InChart)] = (IReadOnlyList<SaidInChart>)[.. parts.Communications.Items.Select(SaidInChart.Of).OfType<SaidInChart>().Where(one => messages.All(message => message.Text != one.Text))],
            [nameof(ChartPage.Documents)] = (IReadOnlyList<DocumentReference>)[.. parts.Documents.Items.Where(document => IsOursElsewhere(document, notes)).OrderByDescending(document => document.Date)],
            [nameof(ChartPage.Now)] = clock.GetLocalNow(),
            [nameof(ChartPage.SaidAround)] = SaidAround(context, session),
            [nameof(ChartPage.MayWrite)] = MayWrite(session),
            [nameof(ChartPage.FormId)] = RandomText.New(),
            [nameof(ChartPage.Text)] = said?.Text,
            [nameof(ChartPage.Urgency)] = said?.Urgency ?? Writing.Urgencies[0],
            [nameof(ChartPage.Said)] = said?.In(words),
            [nameof(ChartPage.SaidIsTrouble)] = said?.IsTrouble ?? false,
        });
    }

    public async Task<IResult> NoteAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        var session = context.Features.GetRequiredFeature<OpenSession>();
        if (session.Body.Patient is not { } patient || await access.MayReadAsync(session.Body.Caller, patient, cancellationToken) != PatientAnswer.Yes || await store.NoteAsync(session.Body, id, cancellationToken) is not { } note)
        {
            await auditing.ReadAsync(context, session.Body, "visit-note", null, allowed: false, "not-found", cancellationToken);
            return await NoSuchAsync(context);
        }

        await auditing.ReadAsync(context, session.Body, note.Kind, note.Number.ToString(CultureInfo.InvariantCulture), allowed: true, null, cancellationToken);
        using var client = charts.Client(session);
        return await screens.ShowAsync<NotePage>(StatusCodes.Status200OK, new()
        {
            [nameof(NotePage.Words)] = Wording.For(context.Request.Headers.AcceptLanguage),
            [nameof(NotePage.Session)] = session,
            [nameof(NotePage.Note)] = note,
            [nameof(NotePage.Patient)] = await charts.ReadAsync<Patient>(client, patient, cancellationToken),
            [nameof(NotePage.SaidAround)] = SaidAround(context, session),
            [nameof(NotePage.Now)] = clock.GetLocalNow(),
        });
    }

    public Task<IResult> NoSuchAsync(HttpContext context) => screens.SayAsync(context, StatusCodes.Status404NotFound, "not-found", ["not-found.lead"]);

    public async Task<bool> MayWriteAsync(OpenSession session, CancellationToken cancellationToken) =>
        MayWrite(session) && await access.MayReadAsync(session.Body.Caller, session.Body.Patient!, cancellationToken) == PatientAnswer.Yes;

    private static bool MayWrite(OpenSession session) => session.Body is { Patient: not null, Practitioner: not null } && session.Body.Roles.Any(Writers.Contains);

    // The EHR's word holds for its own frame; in a window of our own there is nothing around us.
    private static bool SaidAround(HttpContext context, OpenSession session) => !session.Body.NeedsBanner && SignIn.Frames.IsFramed(context.Request);

    private async Task<IResult> PatientsAsync(HttpContext context, OpenSession session, CancellationToken cancellationToken)
    {
        await auditing.ReadAsync(context, session.Body, "patients", null, allowed: true, null, cancellationToken);
        var patients = await panel.ReadAsync(session.Body, cancellationToken);
        await auditing.ListedAsync(context, session.Body, (patients ?? []).Where(patient => patient.Name is not null).Select(patient => patient.Patient), cancellationToken);
        return await screens.ShowAsync<PatientsPage>(StatusCodes.Status200OK, new()
        {
            [nameof(PatientsPage.Words)] = Wording.For(context.Request.Headers.AcceptLanguage),
            [nameof(PatientsPage.Session)] = session,
            [nameof(PatientsPage.Patients)] = patients,
            [nameof(PatientsPage.Now)] = clock.GetLocalNow(),
        });
    }

    // Of another instance, or of a store that is gone: the chart has it, and this service does not.
    private bool IsOursElsewhere(DocumentReference document, IReadOnlyList<NoteLine> notes) =>
        document.Status is not DocumentReferenceStatus.EnteredInError
        && document.Identifier.Append(document.MasterIdentifier).Any(identifier => identifier?.System == mapping.IdentifierSystem)
        && notes.All(note => note.Shown.All(row => row.Reference != $"DocumentReference/{document.Id}"));
}
