using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>What the service's own store knows of the patient from earlier notes.</summary>
internal sealed class EarlierNotes(NoteStore store, MappingOptions mapping)
{
    private const int LookBack = 20;

    /// <summary>The long-lived parts of one programme.</summary>
    public async Task<IReadOnlyList<HeldKey>> HeldAsync(string ehr, string patient, string? programme, CancellationToken cancellationToken)
    {
        var prefix = PatientKeys.Prefix(patient, programme);
        return [.. (await store.LongLivedAsync(ehr, patient, cancellationToken))
            .Where(row => !row.Withdrawn && row.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(row => new HeldKey(row.Key[prefix.Length..], row.FoldedText, row.VisitTime, Words(row)))];
    }

    /// <summary>The concerns of one programme that other notes of the patient hold back from the chart.</summary>
    /// <param name="except">The note's own id: what it held in an earlier edition it may release itself.</param>
    public async Task<IReadOnlyList<HeldConcern>> HeldConcernsAsync(string ehr, string patient, string? programme, string except, CancellationToken cancellationToken)
    {
        var prefix = PatientKeys.Prefix(patient, programme);
        HashSet<HeldConcern> held = [];
        foreach (var number in await store.KeptByAsync(ehr, patient, "Condition", KeepWithService.Held, except, cancellationToken))
        {
            if (StoredInput.Read(await store.ReadContentAsync(number, cancellationToken)) is not { Note: { } note } || PatientKeys.Prefix(patient, note.Programme?.Id) != prefix)
                continue;
            // What somebody has released of that note it holds back no more.
            var released = Releases.Of(await store.HeldDecisionsAsync(number, cancellationToken));
            var holds = Holds.Of(note, new ResolvedNote { Patient = patient, Released = released }, mapping);
            // One that holds it only because another did before says nothing of its own.
            foreach (var concern in note.Concerns.Where(concern => Holds.Itself(concern, mapping.HeldItems) && holds.Of(concern)))
                held.Add(new HeldConcern(ConcernMapping.Key(concern), concern.About == ConcernAbout.Caregiver));
        }
        return [.. held.OrderBy(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.Caregivers)];
    }

    /// <summary>Until when a clinician has said that a symptom is known.</summary>
    public Task<IReadOnlyDictionary<string, string>> KnownUntilAsync(string ehr, string patient, CancellationToken cancellationToken) => store.KnownUntilAsync(ehr, patient, cancellationToken);

    /// <summary>The last score before this visit of each symptom that it scores. What was retracted was never said.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ScoresAsync(string ehr, string patient, VisitNote? note, CancellationToken cancellationToken)
    {
        Dictionary<string, int> scores = [];
        HashSet<string> wanted = note is null ? [] : [.. SymptomScores.Of(note).Select(scored => scored.Symptom)];
        if (note is null || wanted.Count == 0)
            return scores;

        foreach (var number in await store.VisitsBeforeAsync(ehr, patient, note.Visit.Start, LookBack, cancellationToken))
        {
            if (StoredInput.Read(await store.ReadContentAsync(number, cancellationToken)) is not { Note: { } earlier })
                continue;
            foreach (var (symptom, score) in SymptomScores.Of(earlier))
                if (wanted.Remove(symptom))
                    scores.Add(symptom, score);
            if (wanted.Count == 0)
                break;
        }
        return scores;
    }

    /// <summary>A goal's words are the patient's, so that a clinician's wording of it goes beside them; a concern's are kept where a screening only says its kind again.</summary>
    private static string? Words(LongLivedRow row) => row.Type switch
    {
        "Goal" => (FhirJson.Parse<Resource>(row.Body.Span) as Goal)?.Description?.Text,
        "Condition" => (FhirJson.Parse<Resource>(row.Body.Span) as Condition)?.Code?.Text,
        _ => null,
    };
}
