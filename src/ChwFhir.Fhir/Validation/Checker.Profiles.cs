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

        foreach (var url in ClaimedProfiles.In<string?>(meta))
        {
            if (url is null)
                continue;
            if (profiles.Find(url) is { } profile)
                Apply(resource, profile);
            else
                NotChecked($"the profile {url}");
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

    private void Known(Extension extension)
    {
        if (extension.Url is { } url && profiles.Find(url) is { Type: "Extension" } profile)
            Apply(extension, profile);
    }

    private void Apply(object value, ProfileNode node)
    {
        if (node.Pattern?.Matches(value) == false)
            Report(OperationOutcome.IssueType.Value, "pattern", "the profile asks for another value here");
        if (node.Codes is { } codes)
            Bound(codes, value);
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

    private void Sliced(Slicing slicing, ProfileNode node, object? value, IList? list, int count, string? type)
    {
        Span<int> found = slicing.Slices.Length <= 32 ? stackalloc int[slicing.Slices.Length] : new int[slicing.Slices.Length];
        found.Clear();
        var last = -1;
        var isOver = false;
        _places.Into(node.Name, type);
        for (var i = 0; i < count; i++)
        {
            if (list is not null)
                _places.At(i);
            if ((list is null ? value : list[i]) is not { } item)
                continue;

            var at = SliceOf(slicing, item);
            if (at < 0)
            {
                isOver = true;
                if (slicing.Rules == ElementDefinition.SlicingRules.Closed)
                    Report(OperationOutcome.IssueType.Structure, "slicing", "the profile has no place for an item of this kind");
                continue;
            }

            if (isOver && slicing.Rules == ElementDefinition.SlicingRules.OpenAtEnd)
                Report(OperationOutcome.IssueType.Structure, "slicing", "the profile wants items of its own kinds before others");
            if (slicing.IsOrdered && at < last)
                Report(OperationOutcome.IssueType.Structure, "slicing", "the profile wants its kinds of items in order");
            last = Math.Max(last, at);
            found[at]++;
            Apply(item, slicing.Slices[at].Node);
        }

        _places.Out();
        for (var i = 0; i < found.Length; i++)
        {
            var slice = slicing.Slices[i];
            if (found[i] < slice.Min)
                Report(OperationOutcome.IssueType.Required, "slicing", $"the profile needs {node.Name} of the kind {slice.Name}", node.Name);
            if (found[i] > slice.Max)
                Report(OperationOutcome.IssueType.Structure, "slicing", slice.Max == 0 ? $"the profile has no {node.Name} of the kind {slice.Name}" : $"the profile has {node.Name} of the kind {slice.Name} at most {slice.Max} times", node.Name);
        }
    }

    private int SliceOf(Slicing slicing, object item)
    {
        for (var i = 0; i < slicing.Slices.Length; i++)
        {
            var belongs = true;
            foreach (var test in slicing.Slices[i].Tests)
            {
                if (Any(item, test, 0) != test.MustBeThere)
                {
                    belongs = false;
                    break;
                }
            }

            if (belongs)
                return i;
        }

        return -1;
    }

    private bool Any(object value, SliceTest test, int step)
    {
        if (step == test.Path.Length)
            return test.Holds?.Invoke(value, this) ?? true;
        if (value is not Base it || it.Facts != test.Facts[step] || it.At(test.Path[step]) is not { } next)
            return false;
        if (next is not IList list || next is byte[])
            return Any(next, test, step + 1);

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { } item && Any(item, test, step + 1))
                return true;
        }

        return false;
    }

    private void Target(ReferenceTarget[] targets, ResourceReference reference)
    {
        var type = TypeOf(reference);
        if (type.IsEmpty)
            return;

        var fits = false;
        var resolved = reference.Reference is { } address ? _links.Resolve(address) : null;
        foreach (var target in targets)
        {
            if (target.Type != "Resource" && !type.SequenceEqual(target.Type))
                continue;

            fits = resolved is null || target.ProfileUrl is null || profiles.Find(target.ProfileUrl) is not { } profile || Conforms(resolved, profile);
            if (fits)
                return;
        }

        Report(OperationOutcome.IssueType.Value, "reference-target", $"the profile wants a reference to {string.Join(" or ", targets.Select(target => target.ProfileUrl ?? target.Type))}");
    }

    /// <summary>Whether what is pointed at keeps to one of the profiles, or cannot be looked at.</summary>
    public bool MayConform(ResourceReference reference, string[] urls) =>
        reference.Reference is not { } address || _links.Resolve(address) is not { } resolved
        || Array.Exists(urls, url => profiles.Find(url) is not { } profile || Conforms(resolved, profile));

    // What claims the profile, or one that builds on it, is held to it where it stands; anything else is tried quietly.
    private bool Conforms(Resource resource, Profile profile)
    {
        if (resource.Meta is { } meta)
        {
            foreach (var url in ClaimedProfiles.In<string?>(meta))
            {
                if (url is not null && profiles.Includes(url, profile))
                    return true;
            }
        }

        // Each is tried once; what points back at itself keeps to it as long as nothing else is wrong.
        if (!(_conforms ??= []).TryAdd((resource, profile), true))
            return _conforms[(resource, profile)];

        var before = _failed;
        _failed = false;
        _quiet++;
        Apply(resource, profile);
        _quiet--;
        var conforms = _conforms[(resource, profile)] = !_failed;
        _failed = before;

        return conforms;
    }
}
