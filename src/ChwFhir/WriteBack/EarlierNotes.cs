using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What the service's own store knows of the patient from earlier notes.</summary>
internal sealed class EarlierNotes(NoteStore store)
{
    private const int LookBack = 20;

    /// <summary>The long-lived parts of one programme.</summary>
    public async Task<IReadOnlyList<HeldKey>> HeldAsync(string ehr, string patient, string? programme, CancellationToken cancellationToken)
    {
        var prefix = LongLivedKeys.Prefix(patient, programme);
        return [.. (await store.LongLivedAsync(ehr, patient, cancellationToken))
            .Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(row => new HeldKey(row.Key[prefix.Length..], row.FoldedText, row.VisitTime))];
    }

    /// <summary>The last score of each symptom before this visit.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ScoresAsync(string ehr, string patient, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new NoteFilter(ehr, patient, Limit: LookBack), cancellationToken);
        Dictionary<string, int> scores = [];
        foreach (var earlier in page.Items.Where(note => note.VisitTime < before && note.Kind == "visit-note").OrderByDescending(note => note.VisitTime))
        {
            var content = await store.ReadContentAsync(earlier.Number, cancellationToken);
            if (StoredInput.Read(content.Input) is not { } note)
                continue;
            foreach (var symptom in note.Note.Symptoms.Where(symptom => symptom.Score is not null))
                scores.TryAdd(Words.Of(symptom.Kind), (int)symptom.Score!);
        }
        return scores;
    }
}
