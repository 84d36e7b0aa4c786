using System.Text;

namespace ChwFhir.Intake.Ccda;

/// <summary>An element of a <see cref="CdaTree"/>. One that is not there is the default: it has no attributes and no children, so that a path is asked for without looking at each step.</summary>
internal readonly struct CdaElement(CdaTree? tree, int index)
{
    public bool Exists => tree is not null;
    public string Name => tree is null ? "" : tree[index].Name;

    /// <summary>The first child of that name.</summary>
    public CdaElement this[string child]
    {
        get
        {
            for (var next = First; next.Exists; next = next.Next)
            {
                if (next.Name == child)
                    return next;
            }
            return default;
        }
    }

    public string? Attribute(string name) => tree?.Attribute(index, name);

    public string? Code => Attribute("code");
    public string? Value => Attribute("value");
    public string? Root => Attribute("root");
    public bool IsNull => Attribute("nullFlavor") is not null;

    public CdaChildren Children() => new(First, null);

    public CdaChildren Children(string name) => new(First, name);

    public CdaElement First => tree is not null && tree[index].FirstChild >= 0 ? new CdaElement(tree, tree[index].FirstChild) : default;
    public CdaElement Next => tree is not null && tree[index].Next >= 0 ? new CdaElement(tree, tree[index].Next) : default;

    /// <summary>All words in it, white space made one space; null when there are none.</summary>
    public string? Words
    {
        get
        {
            if (tree is null)
                return null;
            if (tree[index].FirstChild < 0)
                return CleanText.OneLine(tree[index].Text);
            var words = new StringBuilder();
            Gather(words);
            return CleanText.OneLine(words.ToString());
        }
    }

    private void Gather(StringBuilder words)
    {
        words.Append(tree![index].Text).Append(' ');
        for (var next = First; next.Exists; next = next.Next)
            next.Gather(words);
    }
}
