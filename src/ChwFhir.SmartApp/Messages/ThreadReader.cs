using ChwFhir.Access;
using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Messages;

/// <summary>The messages of a patient: those that are kept here, and those that only the chart has.</summary>
internal sealed class ThreadReader(StoreReader store, ChartReader chart, TeamNames people)
{
    private static readonly Role[] Writers = [Role.Chw, Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];

    /// <param name="cursor">Place of older closed messages; null: the latest.</param>
    public async Task<PatientThread> ReadAsync(PatientHere here, Said? said, string? cursor, CancellationToken cancellationToken)
    {
        // What only the chart has stands beside the latest.
        var communications = cursor is null ? chart.CommunicationsAsync(here, cancellationToken) : Task.FromResult(new Part<Communication>([], PartState.Whole));
        var (messages, older) = await store.MessagesAsync(here, cursor, cancellationToken);
        var names = await people.OfAsync(messages, cancellationToken);
        var inChart = (await communications).Select(SaidInChart.Of);
        var known = messages.SelectMany(message => new[] { message.Text, message.Said }).ToHashSet(StringComparer.Ordinal);
        return new PatientThread(
            messages, new Part<SaidInChart>([.. inChart.Items.OfType<SaidInChart>().Where(one => !known.Contains(one.Text))], inChart.State, inChart.Withheld), names, MayWrite(here), here.IsChw, RandomText.New(), said)
        {
            Older = older, IsOlder = cursor is not null,
        };
    }

    public static bool MayWrite(PatientHere here) => here.Session.Body.Practitioner is not null && here.Caller.IsAny(Writers);
}
