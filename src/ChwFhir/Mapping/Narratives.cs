using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Generated narratives of resources: one paragraph a line, everything encoded.</summary>
internal static class Narratives
{
    internal static Narrative Of(params ReadOnlySpan<string> lines)
    {
        using var div = new RentedText();
        div.Append("""<div xmlns="http://www.w3.org/1999/xhtml">""");
        foreach (var line in lines)
        {
            div.Append("<p>");
            Xhtml.Encode(div, line);
            div.Append("</p>");
        }

        return new Narrative { Status = Narrative.NarrativeStatus.Generated, Div = div.Append("</div>").ToString() };
    }
}
