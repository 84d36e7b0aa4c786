using ChwFhir.Chart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Overview;

/// <summary>What a CHW knows before the door opens: every part when it is there, the page when most of them are.</summary>
internal sealed class BeforeTheVisit(UserChart charts, Overviews overviews, Screens screens)
{
    public Task<IResult> ShowAsync(PatientHere here) => screens.ShowAsync<BeforePage>(here, (nameof(BeforePage.Reading), Begin(here)));

    public Task<IResult> ShowPartAsync(PatientHere here, string name) => screens.ShowAsync<BeforePart>(here, (nameof(BeforePart.Reading), Begin(here)), (nameof(BeforePart.Name), name));

    // What the page began to read is remembered: its late parts read on.
    private OverviewReading Begin(PatientHere here) => overviews.Begin(charts.By(here.Session), here.Reference);
}
