namespace ChwFhir.SmartApp.Visits;

/// <summary>One thing that a part of a note says.</summary>
/// <param name="Words">As somebody wrote it, in the language of the note; null for what only has facts.</param>
/// <param name="Facts">What the note says in codes, in the reader's language.</param>
public sealed record PartLine(string? Words, IReadOnlyList<string> Facts)
{
    /// <summary>What the person said, word for word.</summary>
    public bool IsQuote { get; init; }

    /// <summary>Beneath the line before it.</summary>
    public bool IsUnder { get; init; }

    /// <summary>More than one line, as written.</summary>
    public bool IsText { get; init; }

    public string Text => string.Join(" · ", Facts.Prepend(IsQuote ? $"“{Words}”" : Words).Where(part => !string.IsNullOrEmpty(part)));
}
