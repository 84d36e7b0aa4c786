using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.MyChw;

/// <summary>Who the patient's CHW is.</summary>
internal static class ChwRoutes
{
    public static void MapChw(this RouteGroupBuilder patient)
    {
        patient.MapGet("/chw", ShowAsync).Audited("care-team");
        patient.MapPart("chw", PartAsync).AuditsItself("care-team");
        patient.MapGet("/chw/{practitioner}/photo", PhotoAsync).AuditsItself("care-team");
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ChwCardReader reader, StandingReader standing, LateReads reads, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        // Whoever came to this page has been introduced, whatever the chart adds to it.
        if ((await here.StandingTask).Chw?.Reference is { } reference)
            await standing.MetAsync(here.Session.Body, reference, cancellationToken);
        return await screens.ShowAsync<ChwPage>(here, (nameof(ChwPage.Reading), reads.Of(here, "chw", again: true, enough => reader.ReadAsync(here, enough))));
    }

    private static Task<IResult> PartAsync(HttpContext context, ChwCardReader reader, LateReads reads, Screens screens)
    {
        var here = context.Patient();
        return screens.ShowAsync<CardsPart>(here, (nameof(CardsPart.Reading), reads.Of(here, "chw", again: false, enough => reader.ReadAsync(here, enough))));
    }

    // A picture of a colleague is no part of a chart.
    private static async Task<IResult> PhotoAsync(HttpContext context, string practitioner, ChwCardReader reader, CancellationToken cancellationToken)
    {
        if (!FhirName.IsId(practitioner) || await reader.PhotoAsync(context.Patient(), $"Practitioner/{practitioner}", cancellationToken) is not { } photo)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(photo.Bytes, photo.Type);
    }
}
