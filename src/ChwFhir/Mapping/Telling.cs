using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Something that a note tells people: a message of the CHW, a red flag that no message carries, or a question that the plan asks of a clinician.</summary>
/// <param name="Key">As the resource's: <c>message/m1</c>, <c>message/red-flag</c>.</param>
/// <param name="To">Words of the contract or FHIR references; of what is held only the few who may know.</param>
/// <param name="Text">The words as they go out, the callback first.</param>
/// <param name="Topic">A word of <c>messages[].topic</c>, <c>red-flag</c>, or null.</param>
/// <param name="Alert">Urgent by itself or by the red flags that ride on it.</param>
/// <param name="Symptoms">The symptoms that it speaks of: what a clinician who closes it may say is known.</param>
internal sealed record Telling(
    string Key, Urgency Urgency, IReadOnlyList<string> To, string Text, string? Topic, IReadOnlyList<string> About,
    bool Held, bool Alert, bool NeedsReply, IReadOnlyList<string> Symptoms)
{
    /// <summary>The CHW's message that it is, by its place in the note; null for what the rules add.</summary>
    public int? Place { get; init; }

    /// <summary>The red flags that it carries.</summary>
    public IReadOnlyList<RedFlag> Flags { get; init; } = [];
}
