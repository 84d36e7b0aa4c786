using System.Globalization;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

/// <summary>
/// Whom a clinician has seen or is about to see, by the EHR's encounters: searched by participant where the EHR declares that, never beyond a window of time and a few
/// pages, and remembered for a while. A clinician stands there as Practitioner or in one of their roles.
/// </summary>
internal sealed class OwnPatients(EhrConnection ehr, IOptions<AccessOptions> options, TimeProvider time)
{
    private const int MaxPages = 5;
    private readonly TimeSpan window = options.Value.EncounterWindow;
    private readonly Remembered<Names> roles = new(options.Value.PanelRefresh, options.Value.PanelKeep, time);
    private readonly Remembered<Names> met = new(options.Value.PanelRefresh, options.Value.PanelKeep, time);
    private readonly Remembered<Answer> meetings = new(options.Value.PanelRefresh, options.Value.PanelKeep, time);

    /// <summary>By whatever references the EHR speaks of somebody: the Practitioner, and their PractitionerRoles where it finds those. Null while it does not answer.</summary>
    public async Task<IReadOnlySet<string>?> NamesOfAsync(string practitioner, CancellationToken cancellationToken) => (await roles.GetAsync(practitioner, () => AskRolesAsync(practitioner), cancellationToken))?.All;

    /// <summary>Whether a patient is one of theirs by an encounter. Null while the EHR does not answer.</summary>
    public async Task<bool?> HaveMetAsync(string practitioner, string patient, CancellationToken cancellationToken) =>
        (await meetings.GetAsync($"{practitioner} {patient}", () => AskMeetingAsync(practitioner, patient), cancellationToken))?.IsYes;

    /// <summary>All whom they have met in that time, as far as some pages tell; another is found by asking for one patient. Null while the EHR does not answer.</summary>
    public async Task<IReadOnlySet<string>?> MetAsync(string practitioner, CancellationToken cancellationToken) => (await met.GetAsync(practitioner, () => AskMetAsync(practitioner), cancellationToken))?.All;

    private async Task<Names?> AskRolesAsync(string practitioner)
    {
        if (await CapabilitiesAsync() is not { } capabilities)
            return null;
        if (!capabilities.Declares("PractitionerRole", "practitioner"))
            return Names.Only(practitioner);
        var search = await ehr.Client.SearchAsync("PractitionerRole", [new("practitioner", practitioner)], MaxPages, CancellationToken.None);
        if (search.Trouble is not (null or FhirAnswer.Refused))
            return null;
        return new Names(search.Matches.OfType<PractitionerRole>()
            .Where(role => role is { Id: not null, Active: not false } && Local(role.Practitioner?.Reference, "Practitioner") == practitioner)
            .Select(role => $"PractitionerRole/{role.Id}").Append(practitioner).ToHashSet(StringComparer.Ordinal));
    }

    private async Task<Answer?> AskMeetingAsync(string practitioner, string patient) =>
        await EncountersAsync(practitioner, patient) is { } found ? new Answer(found.Contains(patient)) : null;

    private async Task<Names?> AskMetAsync(string practitioner) => await EncountersAsync(practitioner, null) is { } found ? new Names(found) : null;

    private async Task<HashSet<string>?> EncountersAsync(string practitioner, string? patient)
    {
        if (await CapabilitiesAsync() is not { } capabilities)
            return null;
        // Where it is not declared a server may leave the parameter out, and everybody would be theirs.
        if (!capabilities.Declares("Encounter", "participant") || window <= TimeSpan.Zero)
            return [];
        if (await NamesOfAsync(practitioner, CancellationToken.None) is not { } names)
            return null;

        var since = (time.GetUtcNow() - window).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> asked = [new("participant", string.Join(',', names.Order(StringComparer.Ordinal))), new("date", $"ge{since}")];
        if (patient is not null)
            asked.Add(new("patient", patient));
        var search = await ehr.Client.SearchAsync("Encounter", asked, MaxPages, CancellationToken.None);
        if (search.Trouble is not (null or FhirAnswer.Refused))
            return null;
        return search.Matches.OfType<Encounter>()
            .Where(encounter => encounter.Status is not (Encounter.EncounterStatus.Cancelled or Encounter.EncounterStatus.EnteredInError)
                && encounter.Participant.Any(one => Local(one.Individual?.Reference, "Practitioner", "PractitionerRole") is { } who && names.Contains(who)))
            .Select(encounter => Local(encounter.Subject?.Reference, "Patient")).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    private async Task<EhrCapabilities?> CapabilitiesAsync() => ehr.Endpoint.ReadsPausedUntil is not null ? null : await ehr.CapabilitiesAsync(CancellationToken.None);

    private string? Local(string? reference, params ReadOnlySpan<string> types) =>
        reference is not null && FhirReference.TryParse(reference, out var parsed) && types.Contains(parsed.Type) && (parsed.Base is null || parsed.Base.TrimEnd('/') == ehr.Id) ? $"{parsed.Type}/{parsed.Id}" : null;

    private sealed record Names(IReadOnlySet<string> All)
    {
        public static Names Only(string one) => new(new HashSet<string> { one });
    }

    private sealed record Answer(bool IsYes);
}
