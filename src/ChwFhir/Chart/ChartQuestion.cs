namespace ChwFhir.Chart;

/// <summary>A search in a patient's chart. Servers differ in what they want to stand in it, so there may be more than one way to ask.</summary>
/// <param name="Ways">Parameters beside the patient; the next way is tried where the EHR refuses one as wrong.</param>
public sealed record ChartQuestion(string Type, params IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Ways)
{
    /// <summary>The next way is also tried when one finds nothing: a category that others do not use.</summary>
    public bool TriesOnWhenEmpty { get; init; }

    /// <summary>Beside another question: that the EHR has no such thing takes nothing from the part.</summary>
    public bool IsExtra { get; init; }

    internal string Key => $"{Type}?{string.Join('|', Ways.Select(way => string.Join('&', way.Select(pair => $"{pair.Key}={pair.Value}"))))}";

    internal static IReadOnlyList<KeyValuePair<string, string>> With(params (string Name, string Value)[] pairs) => [.. pairs.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value))];
}
