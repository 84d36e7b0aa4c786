using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>Whom a text says to call, and whether it says when.</summary>
internal static class Urges
{
    private const int WordsBefore = 4;

    /// <summary>What the text says to do: of several the most urgent; null when it says none.</summary>
    public static WarningAction? Action(string[] words)
    {
        foreach (var (action, patterns) in Phrases.Actions)
        {
            foreach (var pattern in patterns)
            {
                if (Urged(pattern, words) is not null)
                    return action;
            }
        }

        return null;
    }

    /// <summary>"Call us if …": a call and a condition that is more than having a question.</summary>
    public static bool IsWarning(string[] words)
    {
        var urge = Phrases.Urge.Select(pattern => Urged(pattern, words)).OfType<(int From, int To)>().ToList();
        if (urge.Count == 0)
            return false;

        foreach (var condition in Phrases.Condition)
        {
            if (condition.In(words) is not { } found)
                continue;
            var then = words.AsSpan(found.To);
            var of = urge.Min(at => at.From) < found.From ? then : words.AsSpan(0, urge.Max(at => at.From));
            if (SaysSomething(of))
                return true;
        }

        return false;
    }

    /// <summary>The first place that is not said with "do not" or "before".</summary>
    private static (int From, int To)? Urged(Phrase pattern, string[] words)
    {
        for (var from = 0; pattern.In(words, from) is { } found; from = found.From + 1)
        {
            if (!IsNotUrged(words, found.From))
                return found;
        }

        return null;
    }

    private static bool SaysSomething(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (word.Length > 1 && !char.IsAsciiDigit(word[0]) && !Phrases.Idle.Contains(word) && !Phrases.NoWarning.Contains(word))
                return true;
        }

        return false;
    }

    private static bool IsNotUrged(string[] words, int at) => Phrases.Any(Phrases.NotUrged, words.AsSpan(Math.Max(0, at - WordsBefore), Math.Min(WordsBefore, at)));
}
