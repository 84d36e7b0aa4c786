using ChwFhir.Ehr;
using ChwFhir.Intake;
using Microsoft.Extensions.Caching.Memory;

namespace ChwFhir.WriteBack;

/// <summary>
/// What may be said of a note's people while its caller waits: at most a second, and not at all while the EHR rests. A definite no is a fault of the
/// input; no answer is none. Whether the chart is the right one (names, dates, merged, restricted) is the worker's and a person's matter.
/// </summary>
internal sealed class QuickLook(EhrConnection ehr, PatientResolver patients, AuthorResolver authors, EncounterResolver encounters, ParticipantResolver participants, TimeProvider time) : IDisposable
{
    public static readonly NoteIssue NotYetChecked = new("information", "not-yet-checked", null, "the EHR did not answer in time; it is asked again before anything is written");

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly string[] FaultsOfTheInput = ["patient-not-found", "author-not-found", "ambiguous", "encounter-not-found", "encounter-of-another-patient", "participant-not-found", "participant-of-another-patient"];
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public async Task<Seen> LookAsync(VisitNote note, CancellationToken cancellationToken)
    {
        if (IsSeen(note))
            return new Seen([], true, ChartOf(note));
        if (ehr.Endpoint.ReadsPausedUntil is not null)
            return new Seen([], false, ChartOf(note));

        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            var (faults, isChecked) = await AskAsync(note, either.Token);
            return new Seen(faults, isChecked, ChartOf(note));
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new Seen([], false, ChartOf(note));
        }
    }

    public void Dispose() => seen.Dispose();

    private async Task<(IReadOnlyList<NoteFault> Faults, bool Checked)> AskAsync(VisitNote note, CancellationToken cancellationToken)
    {
        var asking = authors.ResolveAsync(note.Author, cancellationToken);
        var (chart, ending) = await patients.ResolveAsync(note.Patient, cancellationToken);
        List<Resolution?> endings = [ending];
        if (chart is not null)
        {
            var patient = $"Patient/{chart.Id}";
            Remember(PatientKey(note), patient);
            var people = participants.ResolveAsync(note.Visit.Participants, patient, cancellationToken);
            endings.Add((await encounters.ResolveAsync(note.Visit.Encounter, patient, cancellationToken)).Ending);
            endings.AddRange(await people);
        }
        endings.Add((await asking).Ending);

        var wrong = endings.OfType<Resolution.Wrong>().Select(one => one.Issue).ToList();
        var faults = wrong.Where(issue => FaultsOfTheInput.Contains(issue.Code)).Select(issue => new NoteFault(issue.Pointer!, issue.Code, issue.Detail)).ToList();
        if (endings.All(one => one is null) && IsOfTwoOnly(note))
            Remember(Key(note), "");
        return (faults, !endings.OfType<Resolution.NoAnswer>().Any());
    }

    private bool IsSeen(VisitNote note) => IsOfTwoOnly(note) && seen.TryGetValue(Key(note), out _);

    private string? ChartOf(VisitNote note) => seen.TryGetValue<string>(PatientKey(note), out var chart) ? chart : null;

    private void Remember(object key, string value) =>
        seen.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) });

    // Encounters and people of the patient's life change from visit to visit: they are asked for each time.
    private static bool IsOfTwoOnly(VisitNote note) => note.Visit.Encounter is null && !ParticipantResolver.AreNamed(note);

    private static object PatientKey(VisitNote note) => (note.Patient.Reference, note.Patient.Identifier, note.Patient.Check);

    private static object Key(VisitNote note) => (note.Patient.Reference, note.Patient.Identifier, note.Patient.Check, note.Author.Reference, note.Author.Identifier);

    /// <param name="Faults">What is definitely wrong.</param>
    /// <param name="Checked">Everything that was to be asked was answered.</param>
    /// <param name="Chart"><c>Patient/x</c>, when the EHR has said within the last minutes whose chart it is.</param>
    internal sealed record Seen(IReadOnlyList<NoteFault> Faults, bool Checked, string? Chart);
}
