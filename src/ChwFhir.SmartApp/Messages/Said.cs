using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Messages;

/// <summary>What became of what somebody sent, and their text where it was not taken.</summary>
public sealed record Said(string? Key, bool IsTrouble, string? Text = null, string? Urgency = null, string? Kind = null)
{
    /// <summary>The words that sound like advice: their writer is asked.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    public static Said Of(string key) => new(key, false);

    public string In(Wording words) => Key is null ? "" : words.Say(Key, Writing.Longest);
}
