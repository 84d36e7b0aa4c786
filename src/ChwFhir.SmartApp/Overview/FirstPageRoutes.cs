using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Overview;

internal static class FirstPageRoutes
{
    public static void MapFirstPage(this RouteGroupBuilder patient) =>
        patient.MapGet("/", (HttpContext context, FirstPage page, CancellationToken cancellationToken) => page.ShowAsync(context.Patient(), cancellationToken)).Audited("overview");
}
