using System.Collections.Concurrent;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>Value sets by address: those that the model has as enums, those that are a grammar, and those of the profiles given.</summary>
internal sealed class CodeSets
{
    private static readonly ConcurrentDictionary<string, CodeSet> Specification = [];

    private readonly Dictionary<string, ValueSet> _valueSets = [];
    private readonly Dictionary<string, CodeSystem> _codeSystems = [];
    private readonly Dictionary<string, CodeSet> _made = [];

    public CodeSets(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            if (resource is ValueSet { Url: { } url } valueSet)
                _valueSets[url] = valueSet;
            else if (resource is CodeSystem { Url: { } address } codeSystem)
                _codeSystems[address] = codeSystem;
        }
    }

    public static CodeSet OfSpecification(string url) => Specification.GetOrAdd(url, static url => url switch
    {
        "http://hl7.org/fhir/ValueSet/mimetypes" => new CodeSet(url) { Grammar = IsMimeType },
        "http://hl7.org/fhir/ValueSet/all-languages" => new CodeSet(url) { Grammar = IsLanguage },
        "http://hl7.org/fhir/ValueSet/currencies" => new CodeSet(url) { Grammar = static code => code.Length == 3 && !code.AsSpan().ContainsAnyExceptInRange('A', 'Z') },
        "http://hl7.org/fhir/ValueSet/ucum-units" => new CodeSet(url) { Grammar = static code => !code.AsSpan().ContainsAny(" \t\r\n") },
        _ => RequiredCodes.Of(url) is { } model ? OfEnum(url, model) : new CodeSet(url) { IsOpen = true },
    });

    /// <summary>A value set of the profiles, or of the specification.</summary>
    public CodeSet Of(string canonical)
    {
        var url = canonical.Split('|')[0];
        if (_made.TryGetValue(url, out var made))
            return made;
        if (!_valueSets.TryGetValue(url, out var valueSet))
            return OfSpecification(url);

        // Known before it is filled, so that sets that name each other come to an end.
        var set = _made[url] = new CodeSet(url);
        if (valueSet.Compose is null || valueSet.Compose.Include.Count == 0)
            Expanded(valueSet, set);
        foreach (var include in valueSet.Compose?.Include ?? [])
            Include(include, set);
        foreach (var exclude in valueSet.Compose?.Exclude ?? [])
        {
            foreach (var concept in exclude.Concept)
                set.Remove(exclude.System ?? "", concept.Code ?? "");
        }

        return set;
    }

    private static CodeSet OfEnum(string url, Type model)
    {
        var set = new CodeSet(url);
        var runs = EnumLiterals.Of(model);
        for (var i = 0; i < runs.Length; i += 2)
        {
            foreach (var code in runs[i + 1].Split('|'))
                set.Add(runs[i], code);
        }

        return set;
    }

    private static void Expanded(ValueSet valueSet, CodeSet set)
    {
        set.IsOpen = valueSet.Expansion is null;
        foreach (var concept in valueSet.Expansion?.Contains ?? [])
            set.Add(concept.System ?? "", concept.Code ?? "");
    }

    private void Include(ValueSet.ConceptSetComponent include, CodeSet set)
    {
        foreach (var other in include.ValueSet.OfType<string>())
            set.AddAll(Of(other));
        if (include.System is not { } system)
            return;

        foreach (var concept in include.Concept)
            set.Add(system, concept.Code ?? "");
        if (include.Concept.Count > 0)
            return;
        if (include.Filter.Count == 0 && _codeSystems.TryGetValue(system, out var codes) && codes.Content == CodeSystem.CodeSystemContentMode.Complete)
            AddConcepts(codes.Concept, system, set);
        else if (include.Filter.Count == 0)
            set.AddWhole(system);
        else
            set.AddPartly(system);
    }

    private static void AddConcepts(List<CodeSystem.ConceptDefinitionComponent> concepts, string system, CodeSet set)
    {
        foreach (var concept in concepts)
        {
            set.Add(system, concept.Code ?? "");
            AddConcepts(concept.Concept, system, set);
        }
    }

    // CapabilityStatement.format may use these short names too (https://hl7.org/fhir/R4/capabilitystatement-definitions.html).
    private static bool IsMimeType(string code)
    {
        if (code is "json" or "xml" or "ttl")
            return true;

        var slash = code.IndexOf('/', StringComparison.Ordinal);

        return slash > 0 && slash < code.Length - 1 && !code.AsSpan(0, slash).ContainsAny(" ;,\t");
    }

    private static bool IsLanguage(string code)
    {
        foreach (var part in code.AsSpan().Split('-'))
        {
            var (from, length) = part.GetOffsetAndLength(code.Length);
            if (length is 0 or > 8 || code.AsSpan(from, length).ContainsAnyExcept(LanguageCharacters))
                return false;
        }

        return code.Length >= 2;
    }

    private static readonly System.Buffers.SearchValues<char> LanguageCharacters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
