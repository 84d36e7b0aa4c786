using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>Makes the tree of checks of one StructureDefinition, and lists what it cannot check.</summary>
internal sealed class ProfileCompiler(Profiles profiles, CodeSets codeSets, StructureDefinition definition, List<string> notChecked)
{
    private const string CoreProfiles = "http://hl7.org/fhir/StructureDefinition/";

    private readonly SliceCompiler _slices = new(profiles, codeSets, definition.Url!, notChecked);

    public void CompileInto(Profile profile)
    {
        if (TypeTable.Of(definition.Type!) is not { } facts)
        {
            notChecked.Add($"{definition.Url}: {definition.Type} has no model");
            return;
        }

        var raw = RawNode.Tree(definition.Snapshot!.Element);
        var root = new ProfileNode { Index = -1, Name = raw.Name };
        Rules(raw, root, facts.RuleKeys, definition.Type!);
        Children(raw, root, facts, definition.Type!);
        profile.Root = root;
    }

    private void Children(RawNode raw, ProfileNode node, TypeFacts facts, string path)
    {
        foreach (var child in raw.Children)
        {
            if (child.Definition is null && child.Slices.Count == 0 && child.Children.Count == 0)
                continue;

            var at = $"{path}.{child.Name}";
            var index = facts.IndexOf(child.Name);
            if (index < 0)
            {
                if (child.Definition?.Min > 0 || child.Definition?.Max == "0")
                    notChecked.Add($"{definition.Url}: {at} is not in the model");
                continue;
            }

            var element = facts.Elements[index];
            var made = Node(child, element, index, at);
            if (child.Slices.Count > 0)
                made.Slicing = Slicing(child, element, index, at);
            if (made.IsNeeded)
                node.Children.Add(made);
        }
    }

    // An element, or one slice of it.
    private ProfileNode Node(RawNode raw, ElementRule element, int index, string path)
    {
        var node = new ProfileNode { Index = index, Name = element.Name };
        if (raw.Definition is { } asked)
        {
            if (asked.Min > element.Min)
                node.Min = asked.Min.Value;
            if (asked.Max is not (null or "*") && int.Parse(asked.Max, CultureInfo.InvariantCulture) is var most && most < element.Max)
                node.Max = most;
            if (node.Max == 0)
                return node;

            Types(asked, element, node);
            node.Pattern = ValuePattern.Of(asked);
            if (asked.Binding is { Strength: BindingStrength.Required, ValueSet: { } valueSet } && valueSet.Split('|')[0] != element.ValueSet)
                node.Codes = codeSets.Of(valueSet);
            else if (asked.Binding is { Strength: BindingStrength.Extensible, ValueSet: { } suggested } && codeSets.Of(suggested) is { IsCountedOut: true } codes)
                node.Suggested = codes;
            Rules(raw, node, [.. FactsOf(raw, element)?.RuleKeys ?? [], .. KeysOfOwner(path)], path);
        }

        if (raw.Children.Count > 0)
        {
            if (FactsOf(raw, element) is { } facts)
                Children(raw, node, facts, path);
            else if (raw.Children.Exists(child => child.Definition?.Min > 0))
                notChecked.Add($"{definition.Url}: what is below {path}");
        }

        return node;
    }

    private void Types(ElementDefinition asked, ElementRule element, ProfileNode node)
    {
        if (element.Shape == ElementShape.Choice && asked.Type.Count > 0)
        {
            var kinds = asked.Type.Aggregate(default(DataKind), (all, type) => all | ElementRule.KindOf(type.Code!));
            if (kinds != element.Kinds)
                node.Kinds = kinds;
        }

        var targets = asked.Type.Where(type => type.Code == "Reference").SelectMany(type => type.TargetProfile.OfType<string>()).Select(Target).ToArray();
        if (targets.Length > 0 && !targets.All(target => target.ProfileUrl is null && target.Type == "Resource")
            && !(targets.All(target => target.ProfileUrl is null) && targets.Select(target => target.Type).ToHashSet().SetEquals(element.Targets)))
            node.Targets = targets;

        // Extensions are held to their own definitions wherever they stand.
        if (asked.Type is [{ Code: not ("Extension" or "Quantity") } only] && only.Profile.FirstOrDefault() is { } url && profiles.Find(url) is { } profile)
            node.TypeProfile = profile;
    }

    private ReferenceTarget Target(string url)
    {
        if (url.StartsWith(CoreProfiles, StringComparison.Ordinal) && profiles.Find(url) is null)
            return new ReferenceTarget(url[CoreProfiles.Length..], null);

        return profiles.Find(url) is { } profile ? new ReferenceTarget(profile.Type, url) : new ReferenceTarget("Resource", url);
    }

    private void Rules(RawNode raw, ProfileNode node, IEnumerable<string> known, string path)
    {
        var there = known.Select(key => key.TrimEnd('?')).ToHashSet();
        foreach (var constraint in raw.Definition?.Constraint ?? [])
        {
            if (constraint.Key is not { } key || there.Contains(key) || key is "ele-1" or "ext-1")
                continue;
            if (BaseRules.Find(key) is { } rule)
                node.Rules.Add(rule with { IsWarning = constraint.Severity == ConstraintSeverity.Warning });
            else if (!BaseRules.Has(key))
                notChecked.Add($"{definition.Url}: {key} ({(constraint.Severity == ConstraintSeverity.Warning ? "warning" : "error")}) at {path}");
        }
    }

    // Rules on members that are no classes (Narrative.div, Organization.telecom) are the owner's here.
    private string[] KeysOfOwner(string path) => path.LastIndexOf('.') is var end and > 0 && path.IndexOf('.', StringComparison.Ordinal) == end ? TypeTable.Of(definition.Type!)?.RuleKeys ?? [] : ["txt-1", "txt-2"];

    private Slicing? Slicing(RawNode raw, ElementRule element, int index, string path)
    {
        var slicing = raw.Definition?.Slicing;
        var slices = new List<Slice>();
        foreach (var slice in raw.Slices)
        {
            var at = $"{path}:{slice.Name}";
            if (_slices.Tests(slice, slicing, element, FactsOf(slice, element), at) is not { } tests)
                continue;

            var node = Node(slice, element, index, at);
            var (min, max) = (slice.Definition?.Min ?? 0, node.Max);
            (node.Min, node.Max) = (0, ElementRule.Many);
            slices.Add(new Slice(slice.Name, min, max, tests, node));
        }

        return slices.Count == 0 ? null : new Slicing(slicing?.Rules ?? ElementDefinition.SlicingRules.Open, slicing?.Ordered == true, [.. slices]);
    }

    /// <summary>The class of a value, as far as the definition says it: of a choice only when one type is left.</summary>
    public static TypeFacts? FactsOf(RawNode raw, ElementRule element)
    {
        if (element.Shape is not ElementShape.Choice)
            return TypeTable.Of(element.Type == "SimpleQuantity" ? "Quantity" : element.Type);

        return raw.Definition?.Type is [{ Code: { } code }] ? TypeTable.Of(code) : null;
    }
}
