using System.Collections.Frozen;
using System.Text.Json;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Printed;

/// <summary>The headings that are known (<c>headings.json</c>): what a title says about the part below it.</summary>
internal static class HeadingWords
{
    private const int LongestTitle = 12;

    private static readonly FrozenSet<string> PassedOver;
    private static readonly FrozenDictionary<string, HeadingKind> Phrases;
    private static readonly FrozenDictionary<string, string> Labels;
    private static readonly int LongestPhrase;

    static HeadingWords()
    {
        using var file = WordFile.Open("headings");
        PassedOver = WordFile.Strings(file.RootElement.GetProperty("passedOver")).ToFrozenSet(StringComparer.Ordinal);
        var phrases = new Dictionary<string, HeadingKind>(StringComparer.Ordinal);
        foreach (var row in file.RootElement.GetProperty("headings").EnumerateArray())
        {
            var becomes = Enum.Parse<SectionBecomes>(row.GetProperty("becomes").GetString()!, ignoreCase: true);
            MedicationChange? change = row.TryGetProperty("change", out var word) ? Enum.Parse<MedicationChange>(word.GetString()!, ignoreCase: true) : null;
            foreach (var language in (ReadOnlySpan<string>)["en", "es"])
                foreach (var phrase in WordFile.Strings(row.GetProperty(language)))
                    phrases.TryAdd(Key(PlainWords.Of(phrase)), new HeadingKind(becomes, change, language == "es"));
        }

        Phrases = phrases.ToFrozenDictionary(StringComparer.Ordinal);
        LongestPhrase = Phrases.Keys.Max(phrase => phrase.Count(' '.Equals) + 1);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in (ReadOnlySpan<string>)["en", "es"])
            foreach (var label in file.RootElement.GetProperty("labels").GetProperty(language).EnumerateObject())
                foreach (var phrase in WordFile.Strings(label.Value))
                    labels.TryAdd(string.Join(' ', PlainWords.Of(phrase)), label.Name);
        Labels = labels.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The kind of a title that is one of the headings, word for word.</summary>
    public static HeadingKind? Exactly(ReadOnlySpan<char> title) => Phrases.GetValueOrDefault(Key(PlainWords.Of(title)));

    /// <summary>The kind of a title that begins with, ends with or else contains one of the headings: the longest counts.</summary>
    public static HeadingKind? Within(ReadOnlySpan<char> title)
    {
        var words = Kept(PlainWords.Of(title));
        if (words.Length is 0 or > LongestTitle)
            return null;

        for (var length = Math.Min(words.Length, LongestPhrase); length > 0; length--)
        {
            // One word inside a long title says little: "work" in "how your pump does its work".
            if (length == 1 && words.Length > 4)
                return null;
            if (At(words, 0, length) is { } first)
                return first;
            for (var start = words.Length - length; start > 0; start--)
            {
                if (At(words, start, length) is { } inside)
                    return inside;
            }
        }

        return null;
    }

    /// <summary>What a label of a line <c>label: value</c> names; null when the words are no label.</summary>
    public static string? Label(ReadOnlySpan<char> label) => Labels.GetValueOrDefault(string.Join(' ', PlainWords.Of(label)));

    private static HeadingKind? At(string[] words, int start, int length) => Phrases.GetValueOrDefault(string.Join(' ', words, start, length));

    private static string Key(string[] words) => string.Join(' ', Kept(words));

    private static string[] Kept(string[] words)
    {
        var kept = Array.FindAll(words, word => !PassedOver.Contains(word));
        return kept.Length > 0 ? kept : words;
    }
}
