using ChwFhir.SmartApp.Know;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Overview;

/// <summary>What is shown first of a patient: to a clinician what the team should know, to a CHW what to know before the door opens.</summary>
internal sealed class FirstPage(KnowReader know, BeforeTheVisit before, Screens screens)
{
    public Task<IResult> ShowAsync(PatientHere here, CancellationToken cancellationToken) => here.IsChw ? before.ShowAsync(here) : KnowRoutes.ShowAsync(here, know, screens, cancellationToken);
}
