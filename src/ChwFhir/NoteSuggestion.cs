using System.Text.Json;

namespace ChwFhir;

/// <summary>Something the narrative seems to say that a person may take over into the note. Nothing of it goes to the chart before somebody does.</summary>
/// <param name="Number">Stays the same for this note, whatever is amended.</param>
/// <param name="Text">The sentence, as the note says it; null in the status where it is held.</param>
/// <param name="Pointer">JSON Pointer of the member in which it stands.</param>
public sealed record NoteSuggestion(int Number, string? Text, string? Pointer)
{
    /// <summary>Where the sentence begins in that member, in UTF-16 code units.</summary>
    public int Start { get; init; }
    /// <summary>How long it is, in UTF-16 code units.</summary>
    public int Length { get; init; }
    /// <summary><c>concern</c>, <c>symptom</c>, <c>goal</c> or <c>follow-up</c>; null in the status where it is held, as is everything that says what it is and where.</summary>
    public string? Kind { get; init; }
    /// <summary>The concern's domain or the symptom's word.</summary>
    public string? Code { get; init; }
    /// <summary>The words that were found.</summary>
    public string? Why { get; init; }
    /// <summary>The line of the lexicon that found them.</summary>
    public string? Rule { get; init; }
    /// <summary>JSON Pointer of where the part would stand: <c>/concerns/-</c> is a new entry.</summary>
    public string? Into { get; init; }
    /// <summary>The part that the note would have.</summary>
    public JsonElement? Part { get; init; }
    /// <summary>It comes from a held text, or is of a kind that no chart gets: the part is held as well, and the status does not say what it is.</summary>
    public bool Held { get; init; }
    /// <summary><c>proposed</c>, <c>accepted</c> or <c>refused</c>.</summary>
    public string State { get; init; } = "proposed";
    /// <summary>Who accepted or refused it.</summary>
    public string? By { get; init; }
    public DateTimeOffset? At { get; init; }
}
