using ChwFhir.Access;
using ChwFhir.Fhir.Smart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Messages;

/// <summary>The messages of a patient: those that are kept here, and those that only the chart has.</summary>
internal sealed class ThreadReader(StoreReader store, ChartReader chart)
{
    // Those who answer for the plan write to the CHW; CHWs write notes.
    private static readonly Role[] Writers = [Role.Clinician, Role.Nurse, Role.SocialWorker, Role.Supervisor];

    public async Task<PatientThread> ReadAsync(PatientHere here, Said? said, CancellationToken cancellationToken)
    {
        var communications = chart.CommunicationsAsync(here, cancellationToken);
        var notes = await store.NotesAsync(here, cancellationToken);
        var messages = await store.MessagesAsync(here, cancellationToken);
        var names = notes.Where(note => note is { Author: not null, AuthorReference: not null }).DistinctBy(note => note.AuthorReference).ToDictionary(note => note.AuthorReference!, note => note.Author!);
        var inChart = (await communications).Select(SaidInChart.Of);
        var known = messages.Select(message => message.Text).ToHashSet(StringComparer.Ordinal);
        return new PatientThread(messages, new Part<SaidInChart>([.. inChart.Items.OfType<SaidInChart>().Where(one => !known.Contains(one.Text))], inChart.State, inChart.Withheld), names, MayWrite(here), RandomText.New(), said);
    }

    public static bool MayWrite(PatientHere here) => here.Session.Body.Practitioner is not null && here.Caller.IsAny(Writers);
}
