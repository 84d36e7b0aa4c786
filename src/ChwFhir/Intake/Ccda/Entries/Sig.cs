using System.Text;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>How a medicine is to be taken: the free text that was written for it, else said from dose, route and timing, with what the patient was told of it.</summary>
internal static class Sig
{
    public static string? Of(CdaElement statement, string name, EntryContext context)
    {
        string? free = null;
        var told = new List<string>(0);
        foreach (var relation in statement.Children("entryRelationship"))
        {
            if (IsFreeText(relation["substanceAdministration"]))
                free ??= Useful(context.Words(relation["substanceAdministration"]["text"]), name);
            if (IsInstruction(relation["act"]) && Useful(context.Words(relation["act"]["text"]), name) is { } words && !told.Contains(words))
                told.Add(words);
        }
        var sig = free ?? Structured(statement, context) ?? Useful(context.Words(statement["text"]), name);
        if (sig is not null)
            told.RemoveAll(words => sig.Contains(words, StringComparison.OrdinalIgnoreCase));
        if (told.Count > 5)
            told.RemoveRange(5, told.Count - 5);
        return told.Count == 0 ? sig : string.Join(". ", sig is null ? told : told.Prepend(sig));
    }

    private static string? Useful(string? words, string name) => words is null || CleanText.SaysNothing(words) || name.Contains(words, StringComparison.OrdinalIgnoreCase) ? null : words;

    private static bool IsFreeText(CdaElement statement)
    {
        if (statement["code"].Code == "76662-6")
            return true;
        foreach (var template in statement.Children("templateId"))
        {
            if (template.Root == "2.16.840.1.113883.10.20.22.4.147")
                return true;
        }
        return false;
    }

    private static bool IsInstruction(CdaElement act)
    {
        foreach (var template in act.Children("templateId"))
        {
            if (template.Root is "2.16.840.1.113883.10.20.22.4.20" or "2.16.840.1.113883.10.20.1.49" or "1.3.6.1.4.1.19376.1.5.3.1.4.3")
                return true;
        }
        return false;
    }

    private static string? Structured(CdaElement statement, EntryContext context)
    {
        var words = new StringBuilder();
        Add(words, Quantity(statement["doseQuantity"]));
        Add(words, Lower(context.Said(statement["routeCode"])));
        foreach (var time in statement.Children("effectiveTime"))
            Add(words, Timing(time, context));
        var reason = statement["precondition"]["criterion"];
        if (reason.Exists)
            Add(words, context.Said(reason["value"]) is { } what ? $"as needed for {what}" : "as needed");
        return words.Length == 0 ? null : words.ToString();
    }

    private static void Add(StringBuilder words, string? more)
    {
        if (more is not null)
            words.Append(words.Length > 0 ? ", " : "").Append(more);
    }

    private static string? Quantity(CdaElement quantity)
    {
        var low = quantity["low"].Value;
        var value = quantity.Value ?? (low is not null && quantity["high"].Value is { } high && high != low ? $"{low}-{high}" : low);
        if (quantity.IsNull || string.IsNullOrWhiteSpace(value))
            return null;
        var unit = quantity.Attribute("unit") ?? quantity["low"].Attribute("unit");
        return unit is null or "1" || string.IsNullOrWhiteSpace(unit) ? value : $"{value} {unit.Trim('{', '}', '[', ']')}";
    }

    private static string? Timing(CdaElement time, EntryContext context)
    {
        if (time["period"] is { Exists: true } period && CleanText.OneLine(period.Value ?? period["low"].Value) is { } value)
            return Unit(period.Attribute("unit") ?? period["low"].Attribute("unit")) is { } unit ? $"every {value} {unit}" : null;
        return time["event"].Code switch
        {
            "AC" => "before meals",
            "ACM" => "before breakfast",
            "ACD" => "before lunch",
            "ACV" => "before dinner",
            "PC" => "after meals",
            "PCM" => "after breakfast",
            "PCD" => "after lunch",
            "PCV" => "after dinner",
            "C" => "with meals",
            "HS" => "at bedtime",
            "WAKE" => "on waking",
            { } => context.Said(time["event"]),
            null => null,
        };
    }

    private static string? Unit(string? unit) => unit switch
    {
        "h" => "hours",
        "d" => "days",
        "min" => "minutes",
        "wk" => "weeks",
        "mo" => "months",
        "a" => "years",
        _ => null,
    };

    private static string? Lower(string? words) => words is { Length: > 1 } && char.IsUpper(words[0]) && words.Skip(1).All(letter => char.IsUpper(letter) || letter == ' ') ? words.ToLowerInvariant() : words;
}
