using ChwFhir.Chart;
using ChwFhir.Mapping;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Symptoms;

/// <summary>Reads how symptoms went: from the visits, and from the chart as this reader may see it.</summary>
internal sealed class SymptomReader(ToldVisits visits, Charts charts, UserChart user, MappingOptions mapping)
{
    /// <summary>Goes on when the page is shown without it.</summary>
    public Task<OverTime> ReadAsync(PatientHere here) =>
        OverTime.ReadAsync(charts.Open(user.By(here.Session), here.Reference), visits.ReadAsync(here.Caller, here.Reference, CancellationToken.None), mapping.IdentifierSystem, here.Now);
}
