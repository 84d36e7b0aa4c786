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

        List<List<Part>> parts = [.. contents.Select(one => one is null ? [] : Parts(one).ToList())];
        return Enumerable.Range(1, parts.Count - 1).Any(at => Newly(parts[at - 1], parts[at], contents[at]!.Holds.IsYoung)
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

    // Of somebody under age all words of a kind are held, whatever they say.
    private static IEnumerable<Part> Newly(List<Part> before, List<Part> after, bool isYoung) => isYoung
        ? after.Where(part => part.IsHeld && !before.Exists(was => was.IsHeld && was.Name == part.Name))
        : after.Where(part => part.IsHeld).Except(before);

    private static IEnumerable<Part> Parts(Draft draft)
    {
        var (note, holds) = (draft.Note, draft.Holds);
        return
        [
            .. note.Narrative is { } narrative ? [new Part("narrative", narrative, holds.Narrative)] : Array.Empty<Part>(),
            .. note.Sections.Select(one => new Part($"section/{Folding.Fold(one.Title)}", Words(one), holds.Of(one))),
            .. note.Concerns.Select(one => new Part(ConcernMapping.Key(one), Words(one), holds.Of(one))),
            .. note.Screenings.Select(one => new Part($"screening/{Intake.Words.Of(one.Instrument)}", Words(one), holds.Of(one))),
            .. note.Screenings.SelectMany(one => one.Answers.Select(answer => new Part($"answer/{answer.Item}", Words(answer), holds.Item(answer.Item) || holds.Of(one)))),
            .. note.Symptoms.Select(one => new Part($"symptom/{Intake.Words.Of(one.Kind)}", Words(one), holds.Of(one))),
            .. note.Goals.Select(one => new Part($"goal/{one.Id ?? Folding.Fold(one.Text)}", Words(one), holds.Of(one))),
            .. note.Referrals.Select(one => new Part($"referral/{one.Id ?? Folding.Fold(one.Service)}", Words(one), holds.Of(one))),
            .. note.Messages.Select(one => new Part($"message/{one.Id ?? Folding.Fold(one.Text)}", Words(one), holds.Of(one))),
        ];
    }

    private readonly record struct Part(string Name, string Words, bool IsHeld);
}
