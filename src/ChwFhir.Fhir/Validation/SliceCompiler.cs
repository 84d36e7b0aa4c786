using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>Turns discriminators into tests that tell the items of a slice.</summary>
internal sealed class SliceCompiler(Profiles profiles, CodeSets codeSets, string url, List<string> notChecked)
{
    private const string Resolve = "resolve()";

    /// <summary>All the tests of a slice; null, and told, when there is no telling it apart.</summary>
    public SliceTest[]? Tests(RawNode slice, ElementDefinition.SlicingComponent? slicing, ElementRule element, TypeFacts? facts, string path)
    {
        var tests = new List<SliceTest>();
        if (slicing is null || slicing.Discriminator.Count == 0)
        {
            if (element.Shape == ElementShape.Choice)
                tests.Add(OfTypes(slice));
        }

        foreach (var discriminator in slicing?.Discriminator ?? [])
        {
            var before = tests.Count;
            var at = (discriminator.Path ?? "$this") is var way && way == "$this" ? [] : way.Split('.').Where(part => part != "$this").ToArray();
            switch (discriminator.Type)
            {
                case ElementDefinition.DiscriminatorType.Value or ElementDefinition.DiscriminatorType.Pattern:
                    Values(slice, at, element, facts, [], [], tests);
                    break;
                case ElementDefinition.DiscriminatorType.Exists:
                    Exists(slice, at, facts, tests);
                    break;
                case ElementDefinition.DiscriminatorType.Type:
                    if (at.Length == 0)
                        tests.Add(OfTypes(slice));
                    else if (at is [Resolve])
                        Targets(slice, tests, byProfile: false);
                    break;
                case ElementDefinition.DiscriminatorType.Profile:
                    if (at is [Resolve])
                        Targets(slice, tests, byProfile: true);
                    break;
            }

            if (tests.Count == before)
            {
                notChecked.Add($"{url}: the slice {path} cannot be told by {discriminator.Type?.GetLiteral()} {discriminator.Path}");
                return null;
            }
        }

        if (tests.Count > 0)
            return [.. tests];

        notChecked.Add($"{url}: the slice {path} has nothing to tell it by");

        return null;
    }

    // Fixed values, patterns and required value sets at the end of the path, or on the way to it.
    private void Values(RawNode node, string[] path, ElementRule element, TypeFacts? facts, int[] steps, TypeFacts[] classes, List<SliceTest> tests)
    {
        if (node.Definition is { } asked)
        {
            if (ValuePattern.Of(asked) is { } pattern)
            {
                tests.Add(new SliceTest(steps, classes, (value, _) => pattern.Matches(value)));
                return;
            }

            if (path.Length == 0 && asked.Binding is { Strength: BindingStrength.Required, ValueSet: { } valueSet })
            {
                var codes = codeSets.Of(valueSet);
                tests.Add(new SliceTest(steps, classes, (value, _) => codes.Of(value) != Membership.Out));
                return;
            }

            if (path is ["url"] && asked.Type is [{ Code: "Extension" } type] && type.Profile.FirstOrDefault() is { } extension)
            {
                var address = extension.Split('|')[0];
                tests.Add(new SliceTest(steps, classes, (value, _) => value is Extension it && it.Url == address));
                return;
            }
        }

        if (facts is null)
            return;

        foreach (var child in path.Length == 0 ? node.Children : node.Child(path[0]) is { } next ? [next] : [])
        {
            var index = facts.IndexOf(child.Name);
            if (index < 0)
                continue;

            var below = facts.Elements[index];
            Values(child, path.Length == 0 ? path : path[1..], below, ProfileCompiler.FactsOf(child, below), [.. steps, index], [.. classes, facts], tests);
            foreach (var inner in child.Slices.Where(inner => inner.Definition?.Min > 0))
                Values(inner, path.Length == 0 ? path : path[1..], below, ProfileCompiler.FactsOf(inner, below), [.. steps, index], [.. classes, facts], tests);
        }
    }

    private static void Exists(RawNode slice, string[] path, TypeFacts? facts, List<SliceTest> tests)
    {
        var steps = new List<int>();
        var classes = new List<TypeFacts>();
        var node = slice;
        foreach (var part in path)
        {
            if (facts is null || facts.IndexOf(part) is not (var index and >= 0) || node?.Child(part) is not { } next)
                return;
            steps.Add(index);
            classes.Add(facts);
            facts = ProfileCompiler.FactsOf(next, facts.Elements[index]);
            node = next;
        }

        if (node.Definition?.Max == "0")
            tests.Add(new SliceTest([.. steps], [.. classes], null, MustBeThere: false));
        else if (node.Definition?.Min > 0)
            tests.Add(new SliceTest([.. steps], [.. classes], (_, _) => true));
    }

    private static SliceTest OfTypes(RawNode slice)
    {
        var kinds = (slice.Definition?.Type ?? []).Aggregate(default(DataKind), (all, type) => all | ElementRule.KindOf(type.Code!));
        var names = (slice.Definition?.Type ?? []).Select(type => type.Code).ToHashSet();

        return new SliceTest([], [], (value, _) => value switch
        {
            Resource resource => names.Contains(resource.TypeName),
            DataType data => (data.Kind & kinds) != 0,
            _ => false,
        });
    }

    private void Targets(RawNode slice, List<SliceTest> tests, bool byProfile)
    {
        var urls = (slice.Definition?.Type ?? []).SelectMany(type => type.TargetProfile.OfType<string>()).ToArray();
        if (urls.Length == 0)
            return;

        var types = urls.Select(target => profiles.Find(target)?.Type ?? target.Split('/')[^1]).ToHashSet();
        tests.Add(new SliceTest([], [], (value, checker) => value is ResourceReference reference
            && types.Contains(checker.TypeOf(reference).ToString())
            && (!byProfile || checker.MayConform(reference, urls))));
    }
}
