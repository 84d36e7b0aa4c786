namespace ChwFhir.SmartApp.Messages;

/// <summary>What somebody has filled in on the page of a message, and what is to be said of it.</summary>
/// <param name="Said">Key of a sentence about what became of it.</param>
/// <param name="Advice">The words that sound like advice: their writer is asked.</param>
public sealed record AnswerForm(string? Said = null, bool IsTrouble = false, string Text = "", string Will = "", string By = "", IReadOnlyList<string>? Advice = null)
{
    /// <summary>What somebody may say that they do.</summary>
    public static readonly IReadOnlyList<string> Wills = ["i-call", "nurse-calls", "appointment", "none"];

    /// <summary>By when.</summary>
    public static readonly IReadOnlyList<string> Times = ["hour", "today", "tomorrow", "week"];

    public static readonly IReadOnlyList<string> Outcomes = ["patient-reached", "not-reached", "not-needed", "handed-on"];

    public bool IsAsked => Advice is { Count: > 0 };
}
