namespace ChwFhir.Mapping;

/// <summary>A CHW gives no clinical instruction. What reads like one is put to the clinicians as a question, in the CHW's own words.</summary>
internal static class ScopeOfPractice
{
    internal const string Issue = "scope-of-practice";

    /// <summary>How far apart "stop" and "insulin" may stand and still be one instruction, in words.</summary>
    private const int Reach = 4;

    internal static string AsQuestion(string text) => $"Question for the clinicians, not an instruction: {text}";

    internal static string InChart(string text) => IsInstruction(text) ? AsQuestion(text) : text;

    /// <summary>A word for changing and a word for medicine close together in one sentence that does not ask anyway.</summary>
    internal static bool IsInstruction(string text)
    {
        var words = CodeTables.Wording.Dose;

        foreach (var sentence in Sentences.Of(text))
        {
            var padded = $" {sentence} ";
            if (words.Asks.Any(ask => Sentences.Says(padded, ask)))
                continue;
            if (words.Things.Any(thing => Sentences.Says(padded, thing)) && words.Verbs.Any(verb => Near(padded, verb, words.Things)))
                return true;
        }

        return false;
    }

    private static bool Near(string padded, string verb, string[] things)
    {
        for (var at = padded.IndexOf($" {verb} ", StringComparison.Ordinal); at >= 0; at = padded.IndexOf($" {verb} ", at + 1, StringComparison.Ordinal))
        {
            var following = padded[(at + verb.Length + 2)..].Split(' ', Reach + 2, StringSplitOptions.RemoveEmptyEntries).Take(Reach + 1);
            if (following.Any(things.Contains))
                return true;
        }

        return false;
    }
}
