using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Overview;

/// <summary>The page before the visit, and each of its parts for when it comes late.</summary>
internal static class BeforeRoutes
{
    public static void MapBefore(this RouteGroupBuilder patient)
    {
        patient.MapGet("/before", (HttpContext context, BeforeTheVisit before) => before.ShowAsync(context.Patient())).Audited("overview");
        foreach (var name in BeforePart.All)
            patient.MapPart($"before-{name}", (HttpContext context, BeforeTheVisit before) => before.ShowPartAsync(context.Patient(), name));
    }
}
