using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Messages;

/// <summary>What became of what somebody sent, and their text where it was not taken.</summary>
public sealed record Said(string Key, bool IsTrouble, string? Text = null, string? Urgency = null)
{
    public static readonly Said Sent = new("write.sent", false);

    public static Said Empty(string urgency) => new("write.empty", true, null, urgency);

    public static Said TooLong(string text, string urgency) => new("write.too-long", true, text, urgency);

    public static Said Refused(string text, string urgency) => new("write.refused", true, text, urgency);

    public static Said Busy(string text, string urgency) => new("write.busy", true, text, urgency);

    public string In(Wording words) => words.Say(Key, Writing.Longest);
}
