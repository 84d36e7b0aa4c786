namespace ChwFhir.Mapping;

/// <summary>What a rule found, in words of the contract: whoever shows it says it in the reader's language. The chart has the English sentence.</summary>
/// <param name="Kind">What it was found in: <c>symptom</c>, <c>vital</c>, <c>answer</c>, <c>total</c>, <c>concern</c>; as an issue also <c>message</c>, <c>text</c>, and <c>held</c> for whatever stands in a held part.</param>
/// <param name="Of">The symptom, vital sign or domain by the contract's word; the title of an instrument; how urgent a message is.</param>
public sealed record FlagFound(string Kind, string Of)
{
    public int? Score { get; init; }

    public IReadOnlyList<FlagReason> Reasons { get; init; } = [];

    /// <summary>As somebody wrote it: the question or the total of an instrument, the concern in the CHW's words, the words of a text that speak of danger. Never translated.</summary>
    public string? Written { get; init; }

    /// <summary>What was answered, or the number of a total.</summary>
    public string? Answer { get; init; }
}
