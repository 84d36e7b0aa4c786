using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Plan;

/// <summary>The goals and the plan of a patient.</summary>
internal static class PlanRoutes
{
    public static void MapPlan(this RouteGroupBuilder patient) => patient.MapGet("/plan", ShowAsync).Audited("plan");

    private static async Task<IResult> ShowAsync(HttpContext context, ChartReader chart, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var (goals, plans) = (chart.GoalsAsync(here, cancellationToken), chart.PlansAsync(here, cancellationToken));
        return await screens.ShowAsync<PlanPage>(here, (nameof(PlanPage.Goals), await goals), (nameof(PlanPage.CarePlans), await plans));
    }
}
