using System.Collections.Frozen;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>The profiles that are known, compiled once. They may name each other in any order.</summary>
internal sealed class Profiles
{
    private readonly FrozenDictionary<string, Profile> _byUrl;
    private readonly List<string> _notChecked = [];

    public Profiles(IReadOnlyList<Resource> resources)
    {
        var definitions = resources.OfType<StructureDefinition>()
            .Where(definition => definition is { Url: not null, Type: not null, Derivation: StructureDefinition.TypeDerivationRule.Constraint })
            .DistinctBy(definition => definition.Url)
            .ToList();
        _byUrl = definitions.ToFrozenDictionary(definition => definition.Url!, definition => new Profile(definition.Url!, definition.Version, definition.Type!, definition.BaseDefinition) { IsModifier = definition.Snapshot is { } snapshot ? snapshot.Element.FirstOrDefault()?.IsModifier == true : null });

        var codeSets = new CodeSets(resources);
        foreach (var definition in definitions)
        {
            if (definition.Snapshot is null)
                _notChecked.Add($"{definition.Url}: it has no snapshot");
            else
                new ProfileCompiler(this, codeSets, definition, _notChecked).CompileInto(_byUrl[definition.Url!]);
        }
    }

    public IReadOnlyCollection<string> Known => _byUrl.Keys;

    public IReadOnlyList<string> NotChecked => _notChecked;

    /// <summary>By address, with or without a version behind a bar.</summary>
    public Profile? Find(string url)
    {
        var bar = url.IndexOf('|', StringComparison.Ordinal);

        return _byUrl.GetValueOrDefault(bar < 0 ? url : url[..bar]);
    }

    /// <summary>Whether an address names another version than the one that is known.</summary>
    public static bool IsOfAnotherVersion(string url, Profile profile) =>
        url.IndexOf('|', StringComparison.Ordinal) is var bar and > 0 && profile.Version is { } version && !url.AsSpan(bar + 1).SequenceEqual(version);

    /// <summary>Whether keeping to one profile is keeping to the other.</summary>
    public bool Includes(string url, Profile other)
    {
        for (var profile = Find(url); profile is not null; profile = profile.BaseUrl is null ? null : Find(profile.BaseUrl))
        {
            if (profile == other)
                return true;
        }

        return false;
    }
}
