using System.Text;

namespace ChwFhir.Delivery;

/// <summary>The report as a person reads it on a console. Pure.</summary>
public static class CheckText
{
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        text.Append("EHR      ").Append(report.Ehr).Append('\n');
        if (report.Release is { } release)
            text.Append("FHIR     ").Append(release).Append('\n');
        List(text, "Store", report.Store);
        List(text, "Access", report.Access);
        Plan(text, report.Plan);
        List(text, "How it is written", report.Limits);
        List(text, "Refused before, and not tried again for now", report.Learned);
        List(text, "Worth a second look", report.Warnings);
        return text.Append('\n').Append(report.Verdict).Append('\n').ToString();
    }

    private static void List(StringBuilder text, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        text.Append('\n').Append(heading).Append('\n');
        foreach (var line in lines)
            text.Append("  ").Append(line).Append('\n');
    }

    private static void Plan(StringBuilder text, IReadOnlyList<CheckLine> lines)
    {
        if (lines.Count == 0)
            return;
        text.Append("\nWhat becomes of a note that says everything\n");
        var (what, type, will) = (lines.Max(line => line.What.Length), lines.Max(line => line.Type.Length), lines.Max(line => InWords(line).Length));
        foreach (var line in lines)
            text.Append($"  {line.What.PadRight(what)}  {line.Type.PadRight(type)}  {InWords(line).PadRight(will)}  {line.Why}".TrimEnd()).Append('\n');
    }

    private static string InWords(CheckLine line) => line.Will switch
    {
        "create" => "written",
        "update" => "updated",
        "fold" => "in the note's text",
        "keep" => "stays with the service",
        _ => "the EHR's own",
    };
}
