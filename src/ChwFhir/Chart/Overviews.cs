using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>What to know of a patient before a visit: the EHR's chart as the reader may see it, and what this service holds.</summary>
public sealed class Overviews(Charts charts, OwnNotes notes, MessageDesk desk, TeamCallers callers, MappingOptions mapping, TimeProvider time)
{
    private const int MostMessages = 50;

    /// <summary>Begins to read; nothing is waited for. Whether the reader may see this patient was asked before.</summary>
    /// <param name="patient"><c>Patient/x</c>.</param>
    public OverviewReading Begin(ChartEyes eyes, string patient)
    {
        var caller = eyes.Caller;
        var reader = TeamCallers.Of(caller);
        // What this service holds is read to its end, as the chart is: the parts that come late want it too.
        return new OverviewReading(
            charts.Open(eyes, patient), notes.ReadAsync(caller, patient, CancellationToken.None), notes.LongLivedAsync(patient, CancellationToken.None), MessagesAsync(caller, patient), reader,
            PlainWords.Default, mapping.IdentifierSystem, time.GetLocalNow());
    }

    private async Task<IReadOnlyList<MessageView>> MessagesAsync(Access.Caller caller, string patient)
    {
        var reader = await callers.OfPatientAsync(caller, patient, CancellationToken.None);
        var open = await desk.ListAsync(reader, new MessageQuery { Patient = patient, Limit = MostMessages }, CancellationToken.None);
        var closed = await desk.ListAsync(reader, new MessageQuery { Patient = patient, State = "closed", Limit = MostMessages }, CancellationToken.None);
        return [.. open.Items.Concat(closed.Items).Where(message => message.Patient == patient)];
    }
}
