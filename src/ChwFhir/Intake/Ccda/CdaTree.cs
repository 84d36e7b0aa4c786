using System.Runtime.InteropServices;
using System.Xml;

namespace ChwFhir.Intake.Ccda;

/// <summary>
/// One part of the document at a time (a header part, an entry) as a small tree in two lists that the next part uses again: the document is never held whole. Only the attributes that mean something here are kept,
/// and parts that nobody asks for are not.
/// </summary>
internal sealed class CdaTree
{
    /// <summary>An entry of more elements than this is no entry of a person's summary: it is passed over, its words stand in the narrative.</summary>
    private const int MostNodes = 100_000;

    private readonly List<Node> nodes = new(256);
    private readonly List<KeyValuePair<string, string>> attributes = new(512);

    private bool isTooLarge;

    /// <summary>Reads the element that the reader stands on to its end. What an earlier call gave is gone.</summary>
    public CdaElement Load(CdaXml xml)
    {
        nodes.Clear();
        attributes.Clear();
        isTooLarge = false;
        Take(xml);
        return isTooLarge ? default : new CdaElement(this, 0);
    }

    internal ref readonly Node this[int index] => ref CollectionsMarshal.AsSpan(nodes)[index];

    internal string? Attribute(int node, string name)
    {
        ref readonly var of = ref this[node];
        foreach (var (key, value) in CollectionsMarshal.AsSpan(attributes).Slice(of.FirstAttribute, of.Attributes))
        {
            if (key == name)
                return value;
        }
        return null;
    }

    private int Take(CdaXml xml)
    {
        var index = nodes.Count;
        nodes.Add(new Node { Name = xml.Name, FirstAttribute = attributes.Count });
        TakeAttributes(xml, index);
        var last = -1;
        var text = new TextPieces();
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.IsText)
            {
                xml.Take(ref text);
                continue;
            }
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            isTooLarge |= nodes.Count == MostNodes;
            if (isTooLarge || IsUnasked(xml.Name))
            {
                xml.Skip();
                continue;
            }
            var child = Take(xml);
            var all = CollectionsMarshal.AsSpan(nodes);
            if (last < 0)
                all[index].FirstChild = child;
            else
                all[last].Next = child;
            last = child;
        }
        if (text.Text is { } words)
            CollectionsMarshal.AsSpan(nodes)[index].Text = words;
        return index;
    }

    private void TakeAttributes(CdaXml xml, int index)
    {
        if (!xml.FirstAttribute())
            return;
        var count = 0;
        do
        {
            if (!IsAsked(xml.Name))
                continue;
            var name = xml.Name;
            attributes.Add(new(name, xml.Value()));
            count++;
        }
        while (xml.NextAttribute());
        xml.BackToElement();
        CollectionsMarshal.AsSpan(nodes)[index].Attributes = count;
    }

    private static bool IsAsked(string name) => name is "root" or "extension" or "code" or "codeSystem" or "codeSystemName" or "displayName" or "nullFlavor" or "value" or "unit" or "classCode" or "moodCode" or "typeCode"
        or "negationInd" or "type" or "use" or "signatureCode" or "mediaType" or "representation" or "institutionSpecified" or "qualifier";

    private static bool IsUnasked(string name) => name is "addr" or "observationMedia" or "referenceRange" or "specimen" or "informant" or "regionOfInterest" or "methodCode" or "targetSiteCode" or "languageCommunication"
        or "raceCode" or "ethnicGroupCode" or "realmCode" or "typeId";

    /// <summary>Filled while its children are read, in its place in the list.</summary>
    internal struct Node()
    {
        public string Name { get; init; } = "";
        public string? Text { get; set; }
        public int FirstChild { get; set; } = -1;
        public int Next { get; set; } = -1;
        public int FirstAttribute { get; init; }
        public int Attributes { get; set; }
    }
}
