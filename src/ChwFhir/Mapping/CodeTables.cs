using System.Collections.Frozen;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>The code tables, read once. Each entry names its source; a code that could not be verified is not in them, its words are.</summary>
internal static class CodeTables
{
    internal static readonly FrozenDictionary<ConcernDomain, DomainCode> Domains = ByWord<ConcernDomain, DomainCode>("domains");
    internal static readonly FrozenDictionary<SymptomKind, SymptomCode> Symptoms = ByWord<SymptomKind, SymptomCode>("symptoms");
    internal static readonly FrozenDictionary<VitalKind, VitalCode> Vitals = ByWord<VitalKind, VitalCode>("vitals");
    internal static readonly FrozenDictionary<DirectiveKind, DirectiveCode> Directives = ByWord<DirectiveKind, DirectiveCode>("directives");
    internal static readonly FrozenDictionary<VisitKind, VisitKindCode> VisitKinds = ByWord<VisitKind, VisitKindCode>("visit-kinds");
    internal static readonly FrozenDictionary<string, ServiceCode> Services = ByEachWord(Read<ServiceCode[]>("services"), service => service.Words);
    internal static readonly FrozenDictionary<string, RelationshipCode> Relationships = ByEachWord(Read<RelationshipCode[]>("relationships"), relationship => relationship.Words);
    internal static readonly Wording Wording = Read<Wording>("wording");

    private static FrozenDictionary<TWord, TCode> ByWord<TWord, TCode>(string name) where TWord : struct, Enum
    {
        var byWord = Read<Dictionary<string, TCode>>(name);

        return Words.All<TWord>().ToFrozenDictionary(word => Words.TryParse<TWord>(word, out var value) ? value : default, word => byWord[word]);
    }

    private static FrozenDictionary<string, T> ByEachWord<T>(T[] entries, Func<T, string[]> words) =>
        entries.SelectMany(entry => words(entry).Select(word => (Word: word, Entry: entry))).ToFrozenDictionary(pair => Folding.Fold(pair.Word), pair => pair.Entry, StringComparer.Ordinal);

    private static T Read<T>(string name) => RuleFile.Embedded<T>($"codes/{name}.json");
}
