using System.Collections;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// What profiles ask besides: their trees are sparse, so this walk goes only where they ask for something.
internal sealed partial class Checker
{
    private static readonly Member ClaimedProfiles = new(Meta.TheFacts, "profile");

    private void Claimed(Resource resource)
    {
        if (resource.Meta is not { } meta)
            return;

        var urls = ClaimedProfiles.In<string?>(meta);
        var applied = urls.Count > 1 ? new HashSet<Profile>() : null;
        foreach (var url in urls)
        {
            if (url is null)
                continue;
            if (profiles.Find(url) is not { } profile)
            {
                NotChecked($"the profile {url}");
                continue;
            }
            if (Profiles.IsOfAnotherVersion(url, profile))
                NotChecked($"the profile {url} in its version; what is said here is of {profile.Version}");
            if (applied?.Add(profile) != false)
                Apply(resource, profile);
        }
    }

    private void Apply(Base it, Profile profile)
    {
        var before = _profile;
        _profile = profile.Url;
        if (it is Resource resource && resource.TypeName != profile.Type)
            Report(OperationOutcome.IssueType.Structure, "profile", $"the profile is one of {profile.Type}");
        else
            Apply(it, profile.Root);
        _profile = before;
    }

    private void Known(Extension extension, bool isModifier)
    {
        if (extension.Url is not { } url)
            return;
        if (profiles.Find(url) is { Type: "Extension" } profile)
        {
            if (profile.IsModifier == !isModifier)
                Report(OperationOutcome.IssueType.Structure, "extension-modifier", isModifier ? "its definition makes it an extension, not one that modifies" : "its definition makes it one that modifies: it belongs to modifierExtension");
            Apply(extension, profile);
        }
        else if (isModifier)
        {
            NotChecked("modifier extensions that are not known here: they may change what is said");
        }
    }

    private void Apply(object value, ProfileNode node)
    {
        if (node.Pattern?.Matches(value) == false)
            Report(OperationOutcome.IssueType.Value, "pattern", "the profile asks for another value here");
        if (node.Codes is { } codes)
            Bound(codes, value);
        if (node is { Suggested: { } suggested, Slicing: null })
            Suggested(suggested, value);
        if (value is not Base it)
            return;

        if (node.Kinds is { } kinds && value is DataType data && (data.Kind & kinds) == 0)
        {
            Report(OperationOutcome.IssueType.Structure, "type", "the profile has no place for a value of this type");
            return;
        }

        if (node.Targets is { } targets && value is ResourceReference reference)
            Target(targets, reference);
        if (node.TypeProfile is { } profile)
            Apply(it, profile.Root);
        foreach (var rule in node.Rules)
        {
            if (!rule.Holds(it, this))
                Report(OperationOutcome.IssueType.Invariant, rule.Key, rule.Text, isWarning: rule.IsWarning);
        }

        foreach (var child in node.Children)
            Child(it, child);
    }

    private void Child(Base it, ProfileNode node)
    {
        var value = node.Index < it.Facts.Elements.Length && it.Facts.Elements[node.Index].Name == node.Name ? it.At(node.Index) : null;
        var list = value as IList;
        if (value is byte[])
            list = null;
        var count = list?.Count ?? (value is null ? 0 : 1);
        if (count < node.Min && it.Kept?.Has(node.Name) != true)
            Report(OperationOutcome.IssueType.Required, "cardinality", node.Min == 1 ? $"the profile needs {node.Name}" : $"the profile needs {node.Name} {node.Min} times", node.Name);
        if (count > node.Max)
            Report(OperationOutcome.IssueType.Structure, "cardinality", node.Max == 0 ? $"the profile has no {node.Name}" : $"the profile has {node.Name} at most {node.Max} times", node.Name);
        if (!node.LooksAtItems || (count == 0 && node.Slicing is null))
            return;

        var type = it.Facts.Elements[node.Index].Shape == ElementShape.Choice ? (value as DataType)?.TypeName : null;
        _places.Into(node.Name, type);
        for (var i = 0; i < count; i++)
        {
            if (list is not null)
                _places.At(i);
            if ((list is null ? value : list[i]) is { } item)
                Apply(item, node);
        }

        _places.Out();
        if (node.Slicing is { } slicing)
            Sliced(slicing, node, value, list, count, type);
    }
}
