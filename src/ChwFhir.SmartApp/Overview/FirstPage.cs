using ChwFhir.Mapping;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;
using ChwFhir.SmartApp.Visits;

namespace ChwFhir.SmartApp.Overview;

/// <summary>What is shown first of a patient: to who reads, and to a CHW, each their own.</summary>
internal sealed class FirstPage(ChartReader chart, StoreReader store, ThreadReader threads, MappingOptions mapping, BeforeTheVisit before, Screens screens)
{
    public Task<IResult> ShowAsync(PatientHere here, CancellationToken cancellationToken) => here.IsChw ? before.ShowAsync(here) : OverviewAsync(here, cancellationToken);

    private async Task<IResult> OverviewAsync(PatientHere here, CancellationToken cancellationToken)
    {
        var (goals, plans, documents) = (chart.GoalsAsync(here, cancellationToken), chart.PlansAsync(here, cancellationToken), chart.DocumentsAsync(here, cancellationToken));
        var thread = await threads.ReadAsync(here, null, cancellationToken);
        var notes = await store.NotesAsync(here, cancellationToken);
        return await screens.ShowAsync<OverviewPage>(
            here,
            (nameof(OverviewPage.Thread), thread), (nameof(OverviewPage.Notes), notes), (nameof(OverviewPage.Documents), VisitRoutes.OursElsewhere(await documents, notes, mapping)),
            (nameof(OverviewPage.Goals), await goals), (nameof(OverviewPage.CarePlans), await plans));
    }
}
