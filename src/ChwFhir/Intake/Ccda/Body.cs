using System.Xml;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>The structured body, section by section as it streams by: each gives its words and what its entries say more than them.</summary>
internal sealed class Body(Tools tools)
{
    private readonly CdaXml xml = tools.Xml;

    public List<SummarySection> Sections { get; } = [];

    /// <summary>Why the patient came, where a section says so in a few words.</summary>
    public string? Reason { get; set; }

    public void ReadStructured(string pointer)
    {
        var component = 0;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.Name == "component")
                Component($"{pointer}/component[{++component}]", 1);
            else if (xml.Name == "section")
                new SectionReading(this, tools, pointer + "/section", 1).Read();
            else
                xml.Skip();
        }
    }

    public void Component(string pointer, int level)
    {
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.Name == "section")
                new SectionReading(this, tools, pointer + "/section", level).Read();
            else
                xml.Skip();
        }
    }
}
