using System.Buffers;

namespace ChwFhir.Mapping;

/// <summary>A CHW gives no clinical instruction. What reads like one is put to the clinicians as a question, in the CHW's own words.</summary>
internal static class ScopeOfPractice
{
    internal const string Issue = "scope-of-practice";

    /// <summary>How far apart "stop" and "insulin" may stand and still be one instruction, in words.</summary>
    private const int Reach = 4;

    private static readonly SearchValues<string> Things = SearchValues.Create([.. CodeTables.Wording.Dose.Things.Select(thing => $" {thing} ")], StringComparison.Ordinal);

    internal static string AsQuestion(string text) => $"Question for the clinicians, not an instruction: {text}";

    internal static string InChart(string text) => IsInstruction(text) ? AsQuestion(text) : text;

    /// <summary>A word for changing and a word for medicine close together in one sentence that does not ask anyway.</summary>
    internal static bool IsInstruction(string text)
    {
        var heard = Sentences.Heard(text);

        return heard.AsSpan().ContainsAny(Things) && heard.Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(Instructs);
    }

    private static bool Instructs(string sentence)
    {
        var words = CodeTables.Wording.Dose;

        return !words.Asks.Any(ask => Sentences.Says(sentence, ask)) && words.Verbs.Any(verb => Near(sentence, verb, words.Things));
    }

    private static bool Near(string sentence, string verb, string[] things)
    {
        for (var at = Sentences.Find(sentence, verb); at >= 0; at = Sentences.Find(sentence, verb, at + 1))
        {
            var following = sentence[(at + verb.Length)..].Split(' ', Reach + 2, StringSplitOptions.RemoveEmptyEntries).Take(Reach + 1);
            if (following.Any(things.Contains))
                return true;
        }

        return false;
    }
}
