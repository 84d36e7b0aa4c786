using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>How the items of a list are told apart.</summary>
internal sealed record Slicing(ElementDefinition.SlicingRules Rules, bool IsOrdered, Slice[] Slices);

/// <summary>One kind of item. <paramref name="Tests"/> all hold for those that belong to it.</summary>
internal sealed record Slice(string Name, int Min, int Max, SliceTest[] Tests, ProfileNode Node);

/// <summary>A look at what stands at the end of a path below an item; the first value for which it holds is enough.</summary>
/// <param name="Path">Numbers of members, from the item down.</param>
/// <param name="Facts">The class of each step, since a path says nothing about objects of another one.</param>
internal sealed record SliceTest(int[] Path, TypeFacts[] Facts, Func<object, Checker, bool>? Holds, bool MustBeThere = true);
