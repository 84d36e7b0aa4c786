using System.Text.Json;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>What the contents of a note have held, one after the other. Pure.</summary>
internal static class HoldHistory
{
    /// <summary>
    /// Whether an amendment, and be it one that was replaced before it was sent, held something back that the content before it did not hold in these words. From then on what any earlier content says beyond
    /// the last may be it, in other words or under another name, also of those that hold it already: a later amendment may only clean up what was left beside the hold. What was told in the same words before,
    /// and is told again, is not held any more.
    /// </summary>
    /// <param name="contents">The first one first; null: cannot be read any more, so that nobody can tell what it held.</param>
    public static bool IsHeldSince(IReadOnlyList<Draft?> contents)
    {
        if (contents.Skip(1).Contains(null))
            return true;

        List<List<Part>> parts = [.. contents.Select(one => one is null ? [] : Parts(one).Select(found => found.Part).ToList())];
        return Enumerable.Range(1, parts.Count - 1).Any(at => Newly(parts[at - 1], contents[at]!)
            .Any(part => part with { IsHeld = false } is var open && !(parts[^1].Contains(open) && parts.Take(at).Any(before => before.Contains(open)))));
    }

    /// <summary>A part of a note in words that are the same wherever it says the same, held or not.</summary>
    public static string Words<T>(T part) => part switch
    {
        string text => text,
        NoteSection section => JsonSerializer.Serialize(section with { Hold = null }),
        Concern concern => JsonSerializer.Serialize(concern with { Hold = null, OkInChart = false }),
        Screening screening => JsonSerializer.Serialize(screening with { Hold = null }),
        Symptom symptom => JsonSerializer.Serialize(symptom with { Hold = null }),
        NoteMessage message => JsonSerializer.Serialize(message with { Hold = null }),
        _ => JsonSerializer.Serialize(part),
    };

    // Of somebody under age all words of a kind are held, whatever they say: other words in the place of such words are no new hold, and what was taken over from them says nothing beyond them.
    private static IEnumerable<Part> Newly(List<Part> before, Draft now) =>
        from found in Parts(now)
        where found.Part.IsHeld && !before.Contains(found.Part)
        let same = before.Where(was => was.Name == found.Part.Name).ToList()
        where !(found.Age is not null && same.TrueForAll(was => was.IsHeld) && (found.Age == Age.TakenOver || same.Count > 0))
        select found.Part;

    private static IEnumerable<(Part Part, Age? Age)> Parts(Draft draft)
    {
        var (note, holds) = (draft.Note, draft.Holds);
        return
        [
            .. note.Narrative is { } narrative ? [Said("narrative", narrative, holds.Narrative, note.NarrativeHold)] : Array.Empty<(Part, Age?)>(),
            .. note.Sections.Select(one => Said($"section/{Folding.Fold(one.Title)}", one, holds.Of(one), one.Hold)),
            .. note.Concerns.Select(one => Stated(ConcernMapping.Key(one), one, holds.Of(one), one.FromNarrative)),
            .. note.Screenings.Select(one => Said($"screening/{Intake.Words.Of(one.Instrument)}", one, holds.Of(one), one.Hold)),
            .. note.Screenings.SelectMany(one => one.Answers.Select(answer => holds.Item(answer.Item) ? Stated($"answer/{answer.Item}", answer, true, null) : Said($"answer/{answer.Item}", answer, holds.Of(one), one.Hold))),
            .. note.Symptoms.Select(one => Stated($"symptom/{Intake.Words.Of(one.Kind)}", one, holds.Of(one), one.FromNarrative)),
            .. note.Goals.Select(one => Stated($"goal/{one.Id ?? Folding.Fold(one.Text)}", one, holds.Of(one), one.FromNarrative)),
            .. note.Referrals.Select(one => Stated($"referral/{one.Id ?? Folding.Fold(one.Service)}", one, holds.Of(one), null)),
            .. note.Messages.Select(one => Stated($"message/{one.Id ?? Folding.Fold(one.Text)}", one, holds.Of(one), null)),
        ];

        (Part, Age?) Said<T>(string name, T part, bool isHeld, Hold? hold) => (new Part(name, Words(part), isHeld), holds.IsYoung && hold is null ? Age.Said : null);

        (Part, Age?) Stated<T>(string name, T part, bool isHeld, TakenOver? taken) => (new Part(name, Words(part), isHeld), holds.IsYoung && taken is not null ? Age.TakenOver : null);
    }

    // How a part comes to be held for the patient's age alone.
    private enum Age
    {
        Said,
        TakenOver,
    }

    private readonly record struct Part(string Name, string Words, bool IsHeld);
}
