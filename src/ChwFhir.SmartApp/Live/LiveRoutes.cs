using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Sessions;
using ChwFhir.SmartApp.Visits;

namespace ChwFhir.SmartApp.Live;

/// <summary>Small parts of a page that are fetched anew when what they say has changed.</summary>
internal static class LiveRoutes
{
    public static void MapLive(this RouteGroupBuilder patient) => patient.MapGet("/live/note/{number:long}", NoteAsync).AuditsItself("visit-note").WithMetadata(new ByItself());

    private static async Task<IResult> NoteAsync(HttpContext context, long number, StoreReader store, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        return await store.NoteAsync(here, number, cancellationToken) is { } note ? await screens.ShowAsync<NoteStateTag>(here, (nameof(NoteStateTag.Note), note)) : Results.NotFound();
    }
}
