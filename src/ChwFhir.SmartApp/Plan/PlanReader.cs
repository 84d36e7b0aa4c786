using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Plan;

/// <summary>Reads needs and plan: the visits at once, the chart when it has answered.</summary>
internal sealed class PlanReader(ToldVisits visits, ConcernDesk concerns, Charts charts, UserChart user)
{
    public async Task<PlanTold> ReadAsync(PatientHere here, ConcernAnswer? said, CancellationToken cancellationToken)
    {
        var told = await visits.ReadAsync(here.Caller, here.Reference, cancellationToken);
        return new PlanTold(PlanStories.Needs(told), PlanStories.Goals(told), PlanStories.Referrals(told), await concerns.ReadAsync(here.Reference, cancellationToken), said);
    }

    /// <summary>Goes on when the page is shown without it.</summary>
    public Task<ChartPlan> InChartAsync(PatientHere here) => ChartPlan.ReadAsync(charts.Open(user.By(here.Session), here.Reference));
}
