using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>What the last visits left to be asked, and what to know before the door opens.</summary>
internal static class AskReader
{
    private const int Telling = 4;

    /// <summary>Of the last visit: a question that it did not write down again was answered, or is past.</summary>
    public static IReadOnlyList<AskFact> Read(IReadOnlyList<OwnNote> notes) => notes.FirstOrDefault(note => note.IsVisit || note.Said?.FollowUp?.Ask.Count > 0) is not { Said: { } said } last ? [] :
    [
        .. (said.FollowUp?.Ask ?? []).Where(ask => !string.IsNullOrWhiteSpace(ask)).Select(ask => new AskFact("ask", ask.Trim(), null, said.Language, last.Source)),
        .. said.Symptoms.Where(symptom => symptom is { Hold: null, Score: >= Telling }).OrderByDescending(symptom => symptom.Score)
            .Select(symptom => new AskFact("symptom", symptom.Kind == SymptomKind.Other && symptom.Text is { } text ? text : Words.Of(symptom.Kind), symptom.Score, said.Language, last.Source)),
    ];

    /// <summary>The newest word on each.</summary>
    public static HomeFacts? Home(IReadOnlyList<OwnNote> notes)
    {
        var told = notes.Where(note => note.Said?.Home is { Access: not null } or { CallFirst: not null } or { Pets: not null } or { Safety: not null }).ToList();
        if (told.Count == 0)
            return null;
        return new HomeFacts(
            Latest(told, home => home.Access), told.Select(note => note.Said!.Home!.CallFirst).FirstOrDefault(first => first is not null), Latest(told, home => home.Pets), Latest(told, home => home.Safety), told[0].Said!.Language, told[0].Source);
    }

    private static string? Latest(List<OwnNote> told, Func<HomeNotes, string?> of) => told.Select(note => Said.Clean(of(note.Said!.Home!))).FirstOrDefault(text => text is not null);
}
