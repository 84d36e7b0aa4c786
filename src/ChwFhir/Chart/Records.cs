using ChwFhir.CareTeam;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>Everything that this service holds of a patient and its reader may see, as FHIR: what every note, summary and screening became, and the messages. Held parts are not in it.</summary>
public sealed class Records(OwnNotes notes, MessageDesk desk, TeamCallers callers, VisitNoteJourney journey, TimeProvider time)
{
    private const int MostNotes = 5000;

    public async Task<Bundle> ReadAsync(Access.Caller caller, string patient, CancellationToken cancellationToken)
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, Timestamp = time.GetUtcNow() };
        // Oldest first, so that of what lives across visits the last word stands.
        var byName = new Dictionary<string, Bundle.EntryComponent>(StringComparer.Ordinal);
        foreach (var note in (await notes.ReadAsync(caller, patient, MostNotes, 0, cancellationToken)).Reverse())
        {
            if (await journey.BundleAsync(note.Stored.Id, cancellationToken) is not { } mapped)
                continue;
            foreach (var entry in FhirJson.Read<Bundle>(mapped).Resource?.Entry ?? [])
            {
                if (entry.Resource is { } resource)
                    byName[NameOf(resource) ?? entry.FullUrl ?? $"{byName.Count}"] = new Bundle.EntryComponent { FullUrl = entry.FullUrl, Resource = resource };
            }
        }
        var reader = await callers.OfPatientAsync(caller, patient, cancellationToken);
        foreach (var message in await MessagesAsync(reader, patient, cancellationToken))
        {
            foreach (var said in MessageRecord.Of(message))
                byName.TryAdd(said.FullUrl!, said);
        }
        bundle.Entry.AddRange(byName.Values);
        return bundle;
    }

    private static string? NameOf(Resource resource)
    {
        var identifiers = resource switch
        {
            Goal goal => goal.Identifier,
            Condition condition => condition.Identifier,
            CarePlan plan => plan.Identifier,
            ServiceRequest request => request.Identifier,
            FhirTask task => task.Identifier,
            RelatedPerson person => person.Identifier,
            _ => [],
        };
        return identifiers.FirstOrDefault(one => one.Value is not null) is { } own ? $"{resource.TypeName} {own.System}|{own.Value}" : null;
    }

    // Those that a note tells are in what the note became.
    private async Task<IReadOnlyList<MessageView>> MessagesAsync(TeamCaller reader, string patient, CancellationToken cancellationToken)
    {
        List<MessageView> all = [];
        foreach (var state in (string[])["open", "closed"])
        {
            string? cursor = null;
            do
            {
                var page = await desk.ListAsync(reader, new MessageQuery { Patient = patient, State = state, Limit = 200, Cursor = cursor }, cancellationToken);
                all.AddRange(page.Items.Where(message => message.Patient == patient && !message.Held));
                cursor = page.Next;
            }
            while (cursor is not null && all.Count < MostNotes);
        }
        return all;
    }
}
