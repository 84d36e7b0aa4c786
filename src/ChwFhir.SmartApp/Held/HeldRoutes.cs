using System.Globalization;
using ChwFhir.Audit;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Visits;

namespace ChwFhir.SmartApp.Held;

/// <summary>A clinician's or social worker's word on a held part of a note.</summary>
internal static class HeldRoutes
{
    public static void MapHeld(this RouteGroupBuilder patient) => patient.MapPost("/visits/{note}/held/{part}", DecideAsync);

    private static async Task<IResult> DecideAsync(HttpContext context, string note, string part, StoreReader store, HeldDesk desk, NoteScreen screen, Screens screens, Auditing auditing, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        // Another patient's note is none of this page's, whoever may decide about it.
        if (await store.NoteAsync(here, note, cancellationToken) is not { } found)
            return await screens.NoSuchAsync(context);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (reason, release) = (form["reason"].ToString().ReplaceLineEndings("\n").Trim(), form["what"] == "release");
        if (reason.Length is 0 or > HeldForm.Longest)
            return await NotTakenAsync("held.said.reason");

        // Done to its end, and recorded, whoever leaves meanwhile.
        var answer = await desk.DecideAsync(here.Caller, note, part, release, reason, CancellationToken.None);
        await auditing.DecidedAsync(context, here, found.Kind, found.Number.ToString(CultureInfo.InvariantCulture), release ? $"released: {reason}" : $"kept held: {reason}", answer is HeldAnswer.Done);
        return answer switch
        {
            HeldAnswer.Done => Results.Redirect(here.Path($"visits/{note}?held={(release ? "released" : "kept")}#held")),
            HeldAnswer.NoSuchNote => await screens.NoSuchAsync(context),
            HeldAnswer.ClinicianNeeded => await NotTakenAsync("held.clinician"),
            HeldAnswer.CaregiverDecides => await NotTakenAsync("held.caregiver"),
            HeldAnswer.Busy => await NotTakenAsync("held.said.busy"),
            _ => await NotTakenAsync("held.said.changed"),
        };

        Task<IResult> NotTakenAsync(string why) => screen.ShowAsync(here, found, null, new HeldSaid(why, true, part, reason), cancellationToken);
    }
}
