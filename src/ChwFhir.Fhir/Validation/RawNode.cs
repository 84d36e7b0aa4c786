using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>An element of a snapshot where its id puts it: elements below, and slices beside.</summary>
internal sealed class RawNode(string name, ElementDefinition? definition)
{
    public string Name { get; } = name;

    public ElementDefinition? Definition { get; private set; } = definition;

    public List<RawNode> Children { get; } = [];

    public List<RawNode> Slices { get; } = [];

    /// <summary>The tree of a snapshot: <c>Condition.category:us-core.coding</c> is coding below the slice us-core of category.</summary>
    public static RawNode Tree(List<ElementDefinition> elements)
    {
        var root = new RawNode(elements[0].Path ?? "", elements[0]);
        foreach (var element in elements.Skip(1))
        {
            var at = root;
            foreach (var segment in Segments(element.ElementId ?? element.Path ?? "").Skip(1))
            {
                var colon = segment.IndexOf(':', StringComparison.Ordinal);
                at = Into(at.Children, colon < 0 ? segment : segment[..colon]);
                if (colon >= 0)
                    at = Into(at.Slices, segment[(colon + 1)..]);
            }

            at.Definition = element;
        }

        return root;
    }

    public RawNode? Child(string name) => Children.Find(child => child.Name == name || child.Name == name + "[x]");

    private static RawNode Into(List<RawNode> nodes, string name)
    {
        var found = nodes.Find(node => node.Name == name);
        if (found is null)
            nodes.Add(found = new RawNode(name, null));

        return found;
    }

    // Points part elements, but not inside the name of a slice that has one: those names are kept short by the few who use them.
    private static string[] Segments(string id) => id.Split('.');
}
