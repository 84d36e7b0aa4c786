using ChwFhir.Ehr;
using ChwFhir.Intake;
using Microsoft.Extensions.Caching.Memory;

namespace ChwFhir.WriteBack;

/// <summary>
/// What may be said of a note's people while its caller waits: at most a second, and not at all while the EHR rests. A definite no is a fault of the
/// input; no answer is none. Whether the chart is the right one (names, dates, merged, restricted) is the worker's and a person's matter.
/// </summary>
internal sealed class QuickLook(EhrConnection ehr, PatientResolver patients, AuthorResolver authors, EncounterResolver encounters, TimeProvider time) : IDisposable
{
    public static readonly NoteIssue NotYetChecked = new("information", "not-yet-checked", null, "the EHR did not answer in time; it is asked again before anything is written");

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly string[] FaultsOfTheInput = ["patient-not-found", "author-not-found", "ambiguous", "encounter-not-found", "encounter-of-another-patient"];
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public async Task<(IReadOnlyList<NoteFault> Faults, bool Checked)> LookAsync(VisitNote note, CancellationToken cancellationToken)
    {
        if (IsSeen(note))
            return ([], true);
        if (ehr.Endpoint.PausedUntil is not null)
            return ([], false);

        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            return await AskAsync(note, either.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ([], false);
        }
    }

    public void Dispose() => seen.Dispose();

    private async Task<(IReadOnlyList<NoteFault> Faults, bool Checked)> AskAsync(VisitNote note, CancellationToken cancellationToken)
    {
        var asking = authors.ResolveAsync(note.Author, cancellationToken);
        var (chart, ending) = await patients.ResolveAsync(note.Patient, cancellationToken);
        var encounter = chart is null ? (null, null) : await encounters.ResolveAsync(note.Visit.Encounter, $"Patient/{chart.Id}", cancellationToken);
        var author = await asking;

        Resolution?[] endings = [ending, author.Ending, encounter.Ending];
        var wrong = endings.OfType<Resolution.Wrong>().Select(one => one.Issue).ToList();
        var faults = wrong.Where(issue => FaultsOfTheInput.Contains(issue.Code)).Select(issue => new NoteFault(issue.Pointer!, issue.Code, issue.Detail)).ToList();
        if (endings.All(one => one is null))
            Remember(note);
        return (faults, !endings.OfType<Resolution.NoAnswer>().Any());
    }

    private bool IsSeen(VisitNote note) => note.Visit.Encounter is null && seen.TryGetValue(Key(note), out _);

    private void Remember(VisitNote note)
    {
        if (note.Visit.Encounter is null)
            seen.Set(Key(note), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) });
    }

    private static object Key(VisitNote note) => (note.Patient.Reference, note.Patient.Identifier, note.Patient.Check, note.Author.Reference, note.Author.Identifier);
}
