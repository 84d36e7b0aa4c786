using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.WriteBack.Inputs;
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

    public async Task<Seen> LookAsync(Input input, CancellationToken cancellationToken)
    {
        if (IsSeen(input))
            return Known(input, true);
        if (ehr.Endpoint.ReadsPausedUntil is not null)
            return Known(input, false);

        using var enough = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            return await AskAsync(input, either.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Known(input, false);
        }
    }

    public void Dispose() => seen.Dispose();

    private async Task<Seen> AskAsync(Input input, CancellationToken cancellationToken)
    {
        var asking = authors.ResolveAsync(input, cancellationToken);
        var (chart, ending) = await patients.ResolveAsync(input, cancellationToken);
        List<Resolution?> endings = [ending];
        if (chart is not null)
        {
            var patient = $"Patient/{chart.Id}";
            if (input.Subject is null)
                Remember(PatientKey(input), (patient, chart.BirthDate));
            var people = participants.ResolveAsync(input.Participants, patient, cancellationToken);
            endings.Add((await encounters.ResolveAsync(input.Encounter, patient, cancellationToken)).Ending);
            endings.AddRange(await people);
        }
        endings.Add((await asking).Ending);

        var wrong = endings.OfType<Resolution.Wrong>().Select(one => input.Places.Of(one.Issue)).ToList();
        var faults = wrong.Where(issue => IsFault(issue, input)).Select(issue => new NoteFault(issue.Pointer!, issue.Code, issue.Detail)).ToList();
        if (endings.All(one => one is null) && IsOfTwoOnly(input))
            Remember(Key(input), "");
        return new Seen(faults, !endings.OfType<Resolution.NoAnswer>().Any(), chart is null ? ChartOf(input).Chart : $"Patient/{chart.Id}") { Born = chart is null ? ChartOf(input).Born : chart.BirthDate };
    }

    // A document about somebody else than the caller says is the wrong document, not perhaps the wrong chart.
    private static bool IsFault(NoteIssue issue, Input input) => FaultsOfTheInput.Contains(issue.Code) || (issue.Code == PatientResolver.Mismatch && input.Subject is not null);

    private bool IsSeen(Input input) => IsOfTwoOnly(input) && seen.TryGetValue(Key(input), out _);

    private Seen Known(Input input, bool isChecked)
    {
        var (chart, born) = ChartOf(input);
        return new Seen([], isChecked, chart) { Born = born };
    }

    private (string? Chart, string? Born) ChartOf(Input input) => input.Subject is null && seen.TryGetValue<(string Chart, string? Born)>(PatientKey(input), out var chart) ? chart : default;

    private void Remember(object key, object value) =>
        seen.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) });

    // Encounters and people of the patient's life change from visit to visit: they are asked for each time.
    private static bool IsOfTwoOnly(Input input) => input.Subject is null && input.Encounter is null && !ParticipantResolver.AreNamed(input.Participants);

    private static object PatientKey(Input input) => (input.Patient?.Reference, input.Patient?.Identifier, input.Patient?.Check);

    private static object Key(Input input) => (input.Patient?.Reference, input.Patient?.Identifier, input.Patient?.Check, input.IsFromElsewhere, input.Author?.Reference, input.Author?.Identifier);

    /// <param name="Faults">What is definitely wrong.</param>
    /// <param name="Checked">Everything that was to be asked was answered.</param>
    /// <param name="Chart"><c>Patient/x</c>, when the EHR has said within the last minutes whose chart it is.</param>
    internal sealed record Seen(IReadOnlyList<NoteFault> Faults, bool Checked, string? Chart)
    {
        /// <summary>The birth date of that chart.</summary>
        public string? Born { get; init; }
    }
}
