using System.Globalization;
using ChwFhir.Access;
using ChwFhir.Chart;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Desk;

/// <summary>Which encounters the EHR has of a note's patient around the day of the visit: whoever decides chooses, and types nothing.</summary>
internal sealed class EncountersThere(UserChart charts, Sensitivity sensitivity)
{
    private const int MostPages = 2;
    private const int MostShown = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The nearest to the visit first; null while the EHR does not answer.</summary>
    public async System.Threading.Tasks.Task<IReadOnlyList<OfferedEncounter>?> ReadAsync(OpenSession session, string patient, DateTimeOffset visit, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Patience);
        var day = new DateTimeOffset(visit.Date, visit.Offset);
        var (begin, end) = (day.AddDays(-1), day.AddDays(2));
        KeyValuePair<string, string> whose = new("patient", patient["Patient/".Length..]);
        try
        {
            var client = charts.Of(session);
            var found = await client.SearchAsync("Encounter", [whose, new("date", "ge" + Day(begin)), new("date", "lt" + Day(end))], MostPages, enough.Token);
            // Not every EHR looks for a day.
            if (found.Trouble is FhirAnswer.Refused)
                found = await client.SearchAsync("Encounter", [whose], MostPages, enough.Token);
            if (found.Trouble is not null)
                return null;
            return
            [
                .. from encounter in found.Matches.OfType<Encounter>()
                   where IsOf(encounter, whose.Value) && !sensitivity.IsWithheld(UserChart.Eyes(session), encounter)
                   let offered = Of(encounter)
                   where offered.At is not { } at || ((offered.Until ?? at) >= begin && at < end)
                   orderby offered.At is { } began ? (began - visit).Duration() : TimeSpan.MaxValue
                   select offered,
            ];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>As many as somebody chooses from.</summary>
    public static IEnumerable<OfferedEncounter> Shown(IReadOnlyList<OfferedEncounter> all) => all.Take(MostShown);

    private static bool IsOf(Encounter encounter, string patient) => encounter is { Id: not null, Subject.Reference: { } whose } && whose.Split('/')[^1] == patient;

    private static OfferedEncounter Of(Encounter encounter) => new(
        $"Encounter/{encounter.Id}", Moment(encounter.Period?.Start), Moment(encounter.Period?.End), Encounters.Text(encounter), Encounters.Where(encounter), encounter.Status?.GetLiteral());

    private static DateTimeOffset? Moment(string? date) => DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment) ? moment : null;

    private static string Day(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
