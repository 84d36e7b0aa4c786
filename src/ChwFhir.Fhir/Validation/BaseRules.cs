using System.Collections.Frozen;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>The invariants that are written, by the specification's keys. Files of this class: one a part of the specification, one for US Core, one for our own profiles.</summary>
internal static partial class BaseRules
{
    // Looked at by the walk itself, wherever it goes, or by reading.
    private static readonly HashSet<string> ByTheWalk = ["ele-1", "ref-1"];

    private static readonly FrozenDictionary<string, Rule> ByKey =
        ((IEnumerable<Rule>)[.. OfTypes(), .. OfTimes(), .. OfResources(), .. OfInfrastructure(), .. OfBundles(), .. OfDefinitions(), .. OfQuestionnaires(), .. OfUsCore(), .. OfChw()]).ToFrozenDictionary(rule => rule.Of is { } type ? $"{type}.{rule.Key}" : rule.Key);

    public static bool Has(string key) => ByTheWalk.Contains(key) || ByKey.ContainsKey(key);

    /// <summary>The rule of a key; null when it is not written, or needs no rule.</summary>
    public static Rule? Find(string key) => ByKey.GetValueOrDefault(key);

    // The specification gives a few keys to two types, with another meaning in each.
    private static Rule? Find(string key, string type) => ByKey.GetValueOrDefault($"{type}.{key}") ?? Find(key);

    public static Rule[] For(TypeFacts facts) =>
    [
        .. facts.RuleKeys.Select(key => Find(key.TrimEnd('?'), facts.TypeName) is { } rule ? rule with { IsWarning = key.EndsWith('?') } : null).OfType<Rule>(),
        .. OfOurOwn.GetValueOrDefault(facts.TypeName) ?? [],
    ];

    private static Rule On<T>(string key, string text, Func<T, bool> holds)
        where T : Base =>
        new(key, text, (it, _) => it is not T known || holds(known));

    private static Rule On<T>(string key, string text, Func<T, Checker, bool> holds)
        where T : Base =>
        new(key, text, (it, checker) => it is not T known || holds(known, checker));

    private static bool Has(CodeableConcept? concept, string system, string code)
    {
        if (concept is not null)
        {
            foreach (var coding in Codings.In<Coding>(concept))
            {
                if (coding.Code == code && coding.System == system)
                    return true;
            }
        }

        return false;
    }

    private static readonly Member Codings = new(CodeableConcept.TheFacts, "coding");

    private static bool AreDistinct(IEnumerable<string?> texts) => texts.Where(text => text is not null).GroupBy(text => text).All(group => group.Count() == 1);
}
