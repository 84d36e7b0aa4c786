using ChwFhir.Audit;
using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Know;

/// <summary>What belongs to the first page of a clinician: its late part, and "Seen".</summary>
internal static class KnowRoutes
{
    public static void MapKnow(this RouteGroupBuilder patient)
    {
        patient.MapPart(KnowPage.CodeStatus, async (HttpContext context, KnowReader reader, Screens screens) =>
            await screens.ShowAsync<CodeStatusPart>(context.Patient(), (nameof(CodeStatusPart.Of), reader.CodeStatusAsync(context.Patient()))));
        patient.MapPost("/seen/{message}", SeenAsync);
    }

    public static async Task<IResult> ShowAsync(PatientHere here, KnowReader reader, Screens screens, CancellationToken cancellationToken)
    {
        // Asked before what is kept here is read: it is the only part that somebody else has to answer.
        var status = reader.CodeStatusAsync(here);
        return await screens.ShowAsync<KnowPage>(here, (nameof(KnowPage.Seen), await reader.ReadAsync(here, cancellationToken)), (nameof(KnowPage.Status), status));
    }

    private static async Task<IResult> SeenAsync(HttpContext context, string message, MessageDesk desk, TeamCallers callers, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var caller = await callers.OfPatientAsync(here.Caller, here.Reference, cancellationToken);
        // Another patient's message is none of this page's, whoever it is for.
        if (await desk.OpenAsync(caller, message, reads: false, cancellationToken) is not MessageAnswer.Done { Message.Patient: var whose } || whose != here.Reference)
            return await screens.NoSuchAsync(context);

        // Done to its end, and recorded, whoever leaves meanwhile.
        var answer = await desk.AcknowledgeAsync(caller, message, CancellationToken.None);
        await auditing.WroteAsync(context, here, AuditAction.Update, message, answer is MessageAnswer.Done);
        return Results.Redirect(here.Path());
    }
}
