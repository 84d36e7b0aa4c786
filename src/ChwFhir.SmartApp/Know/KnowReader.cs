using ChwFhir.CareTeam;
using ChwFhir.Chart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Messages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Know;

/// <summary>Reads what the team should know: from what is kept here, so that it is there at once. Only the code status is the chart's.</summary>
internal sealed class KnowReader(ToldVisits visits, StoreReader store, TeamCallers callers, TeamNames names, ConcernDesk concerns, Charts charts, UserChart user)
{
    public async Task<KnowSeen> ReadAsync(PatientHere here, CancellationToken cancellationToken)
    {
        var words = await concerns.ReadAsync(here.Reference, cancellationToken);
        var messages = await store.MessagesAsync(here, cancellationToken);
        return new KnowSeen(
            Known.Of(await visits.ReadAsync(here.Caller, here.Reference, cancellationToken), messages, words.SetAside, here.Now),
            await callers.OfPatientAsync(here.Caller, here.Reference, cancellationToken), await names.OfAsync(messages, cancellationToken));
    }

    /// <summary>Goes on when the page is shown without it.</summary>
    public Task<ChartPart<CodeStatusFact>> CodeStatusAsync(PatientHere here) => CodeStatusInChart.ReadAsync(charts.Open(user.By(here.Session), here.Reference));
}
