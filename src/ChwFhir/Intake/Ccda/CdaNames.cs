using System.Xml;

namespace ChwFhir.Intake.Ccda;

/// <summary>The names and values that every document repeats, known to its name table beforehand: comparing them is then comparing references.</summary>
internal static class CdaNames
{
    private static readonly string[] Known =
    [
        "ClinicalDocument", "component", "structuredBody", "section", "entry", "entryRelationship", "templateId", "id", "code", "translation", "originalText", "reference", "title", "text", "statusCode",
        "effectiveTime", "low", "high", "period", "value", "act", "observation", "substanceAdministration", "encounter", "procedure", "supply", "organizer", "consumable", "manufacturedProduct",
        "manufacturedMaterial", "participant", "participantRole", "playingEntity", "performer", "assignedEntity", "assignedPerson", "name", "given", "family", "prefix", "suffix", "telecom", "addr",
        "doseQuantity", "routeCode", "author", "time", "paragraph", "content", "table", "thead", "tbody", "tr", "th", "td", "list", "item", "br", "caption",
        "root", "extension", "codeSystem", "codeSystemName", "displayName", "nullFlavor", "unit", "classCode", "moodCode", "typeCode", "negationInd", "type", "ID", "styleCode", "xmlns", "xsi",
        "EVN", "INT", "RQO", "OBS", "ACT", "SBADM", "CD", "PQ", "IVL_TS", "completed", "active", "2.16.840.1.113883.6.96", "2.16.840.1.113883.6.1",
    ];

    public static NameTable Table()
    {
        var table = new NameTable();
        foreach (var name in Known)
            table.Add(name);
        return table;
    }
}
