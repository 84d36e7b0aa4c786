using System.Text;
using System.Xml;
using ChwFhir.Intake.Ccda.Entries;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda;

/// <summary>One section while it is read.</summary>
internal sealed class SectionReading(Body body, Tools tools, string pointer, int level)
{
    private readonly CdaXml xml = tools.Xml;
    private readonly StringBuilder fromEntries = new();
    private readonly int firstInstruction = tools.Facts.Instructions.Count;
    private KnownSection? known;
    private string? loinc;
    private string? title;
    private string? text;
    private List<string>? more;
    private bool isNull;
    private bool isOfAnother;
    private int entryCount;
    private int readCount;
    private int childCount;

    private SectionRole Role => known?.Role ?? SectionRole.Unknown;

    public void Read()
    {
        var place = body.Sections.Count;
        body.Sections.Add(null!);
        isNull = xml.Attribute("nullFlavor") is not null;
        for (var inside = xml.Inside(); inside.Next();)
        {
            if (xml.NodeType == XmlNodeType.Element)
                Part();
        }
        if (more is not null)
            text = string.Join("\n\n", more.Prepend(text));
        body.Sections[place] = new SummarySection(title, loinc ??= known?.Loinc, Text(), level);
        Conclude();
    }

    private void Part()
    {
        switch (xml.Name)
        {
            case "templateId":
                known ??= KnownSections.OfTemplate(xml.Attribute("root"));
                xml.Skip();
                break;
            case "code":
                Code(tools.Tree.Load(xml));
                break;
            case "title":
                title = CleanText.OneLine(xml.InnerText());
                break;
            case "text":
                Narrative();
                break;
            case "subject":
                isOfAnother = true;
                xml.Skip();
                break;
            case "entry":
                Entry();
                break;
            case "component":
                body.Component($"{pointer}/component[{++childCount}]", level + 1);
                break;
            default:
                xml.Skip();
                break;
        }
    }

    private void Narrative()
    {
        var words = tools.Narrative.Read($"{pointer}/text");
        if (string.IsNullOrEmpty(text))
            text = words;
        else if (words.Length > 0)
            (more ??= []).Add(words);
    }

    /// <summary>The code says what the section is before its templates do: vendors copy templates.</summary>
    private void Code(CdaElement code)
    {
        var isLoinc = code.Attribute("codeSystem") is null or "2.16.840.1.113883.6.1";
        var own = isLoinc ? CleanText.OneLine(code.Code) : null;
        var byCode = KnownSections.OfLoinc(own);
        foreach (var translation in code.Children("translation"))
            byCode ??= KnownSections.OfLoinc(translation.Code);
        known = byCode ?? known;
        loinc = byCode?.Loinc ?? (code.Attribute("codeSystem") is not null && IsLoinc(own) ? own : known?.Loinc);
    }

    private void Entry()
    {
        entryCount++;
        if (!string.IsNullOrEmpty(text) && (Role is SectionRole.Words or SectionRole.Reason || isOfAnother))
        {
            xml.Skip();
            return;
        }
        var isRead = false;
        foreach (var statement in tools.Tree.Load(xml).Children())
        {
            if (!EntryKinds.IsStatement(statement.Name))
                continue;
            if (string.IsNullOrEmpty(text))
                EntryText.Write(statement, tools.Context, fromEntries);
            if (fromEntries.Length > PrintedPage.LongestText)
                throw new TooMuchText($"{pointer}/entry[{entryCount}]");
            if (Role is not (SectionRole.Words or SectionRole.Reason) && !isOfAnother)
                isRead |= tools.Entries.Read(statement, Role, $"{pointer}/entry[{entryCount}]");
        }
        if (isRead)
            readCount++;
    }

    /// <summary>The narrative; else what the entries say; a section of neither is still seen to be there.</summary>
    private string Text()
    {
        if (!string.IsNullOrEmpty(text))
            return text;
        if (fromEntries.Length > 0)
        {
            tools.Issues.Note("text-from-entries", pointer, $"This section ({Name}) has no narrative: its text was made from its entries.");
            return fromEntries.ToString();
        }
        return childCount > 0 ? "" : "[no information]";
    }

    private void Conclude()
    {
        if (Role == SectionRole.Instructions && !isNull)
            Instruct();
        if (Role == SectionRole.Reason && !isNull && text is { Length: > 0 and <= 500 } && !CleanText.SaysNothing(text))
            body.Reason ??= CleanText.OneLine(text);
        if (known is null)
            tools.Issues.KeptInText(pointer, $"This section ({Name}) is of no kind that is known here: its words are kept in the text{(readCount > 0 ? $", {readCount} of its {entryCount} entries were read by their templates" : "")}.");
        else if (isOfAnother)
            tools.Issues.KeptInText(pointer, $"This section ({Name}) is about somebody else than the patient: it is kept in the text only.");
        else if (entryCount > readCount)
            tools.Issues.KeptInText(pointer, $"{entryCount - readCount} of {entryCount} entries of this section ({Name}) are kept in the text only.");
        else if (entryCount == 0 && Role is not (SectionRole.Words or SectionRole.Reason or SectionRole.Instructions) && !isNull && !CleanText.SaysNothing(text))
            tools.Issues.KeptInText(pointer, $"This section ({Name}) has words and no entries: nothing is concluded from the words, which are kept in the text.");
    }

    /// <summary>The section's own words are the instruction, under its title, unless its entries say nearly all of them one by one.</summary>
    private void Instruct()
    {
        if (string.IsNullOrEmpty(text) || CleanText.SaysNothing(text))
            return;
        var list = tools.Facts.Instructions;
        var said = 0;
        for (var i = firstInstruction; i < list.Count; i++)
            said += list[i].Text.Length;
        if (said * 5L >= text.Length * 4L)
            return;
        list.RemoveRange(firstInstruction, list.Count - firstInstruction);
        tools.Facts.Add(new SummaryInstruction(title, text));
    }

    private string Name => known?.Name ?? (loinc is not null ? $"LOINC {loinc}" : "no code");

    private static bool IsLoinc(string? code) =>
        code is { Length: >= 3 and <= 10 } && code[^2] == '-' && char.IsAsciiDigit(code[^1]) && code.AsSpan(0, code.Length - 2).IndexOfAnyExceptInRange('0', '9') < 0;
}
