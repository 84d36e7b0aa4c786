using System.Text;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>A section without narrative is read from its entries: what each is, its value, its time and its state, those within it below it.</summary>
internal static class EntryText
{
    private const int Deepest = 6;

    public static void Write(CdaElement statement, EntryContext context, StringBuilder text, int depth = 0)
    {
        var line = Line(statement, context);
        if (line is not null)
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append(' ', 2 * depth).Append("- ").Append(line);
            depth = Math.Min(depth + 1, Deepest);
        }
        foreach (var relation in statement.Children())
        {
            if (relation.Name is not ("entryRelationship" or "component"))
                continue;
            foreach (var inner in relation.Children())
            {
                if (EntryKinds.IsStatement(inner.Name))
                    Write(inner, context, text, depth);
            }
        }
    }

    private static string? Line(CdaElement statement, EntryContext context)
    {
        var what = statement.Name is "substanceAdministration" or "supply" ? Medications.Name(statement, context) : null;
        what ??= context.Said(statement["code"]) ?? context.Words(statement["text"]);
        var value = Value(statement["value"], context);
        if (what is null && value is null)
            return null;
        var line = what is null || value is null ? what ?? value! : $"{what}: {value}";
        if (statement.Attribute("negationInd") is "true" or "1")
            line = $"not: {line}";
        var time = StatementTime.Of(statement, context.Times);
        var when = time is { Start: not null, End: not null } && time.Start != time.End ? $"{time.Start} to {time.End}" : time.First ?? time.End;
        var status = statement["statusCode"].Code;
        return (when, status) switch
        {
            (null, null) => line,
            (null, _) => $"{line} ({status})",
            (_, null) => $"{line} ({when})",
            _ => $"{line} ({status}, {when})",
        };
    }

    private static string? Value(CdaElement value, EntryContext context)
    {
        if (!value.Exists)
            return null;
        if (context.Said(value) is { } said)
            return said;
        if (CleanText.OneLine(value.Value) is { } number)
            return value.Attribute("unit") is { } unit and not "1" ? $"{number} {unit}" : number;
        return context.Words(value);
    }
}
