using System.Collections;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Items of a list by their kinds, as a profile tells them apart.
internal sealed partial class Checker
{
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
                // What a slice asks for by itself is not asked for otherwise as well.
                if (node.Suggested is { } suggested)
                    Suggested(suggested, item);
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
}
