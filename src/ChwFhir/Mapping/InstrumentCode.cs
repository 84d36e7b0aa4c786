using System.Collections.Frozen;

namespace ChwFhir.Mapping;

/// <summary>A screening instrument: its panel, items and computed results. Answers hang on instrument and item: the same LOINC question has other answers elsewhere.</summary>
internal sealed record InstrumentCode(string Title, string Source, bool Sdoh, CodeEntry Panel, ItemCode[] Items, ResultCode[]? Results = null, bool Local = false)
{
    private readonly FrozenDictionary<string, ItemCode> _items = Items.ToFrozenDictionary(item => item.Code, StringComparer.Ordinal);

    internal ItemCode? Item(string code) => _items.GetValueOrDefault(code);

    internal ResultCode? Result(string code) => Results is null ? null : Array.Find(Results, result => result.Code == code);
}

internal sealed record ItemCode(string Code, string Text, AnswerCode[]? Answers = null)
{
    internal AnswerCode? Answer(string code) => Answers is null ? null : Array.Find(Answers, answer => answer.Code == code);
}

/// <param name="Need">The answer says that something is missing.</param>
internal sealed record AnswerCode(string Code, string Display, int? Score = null, bool Need = false);

/// <param name="Rule"><c>sum</c> of the scores of all items, or <c>any-need</c>: yes when any is a need, no when all answers are in <paramref name="NoFrom"/>.</param>
internal sealed record ResultCode(string Code, string Text, string Rule, string[] Of, CodeEntry? Yes = null, CodeEntry? No = null, string[]? NoFrom = null, bool Local = false);
