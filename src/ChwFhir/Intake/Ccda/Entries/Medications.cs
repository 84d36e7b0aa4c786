using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Medication Activity: a medicine as the summary lists it.</summary>
internal static class Medications
{
    public static SummaryMedication? Read(CdaElement statement, EntryContext context)
    {
        if (statement.Attribute("negationInd") is "true" or "1" || Name(statement, context) is not { } name || CleanText.SaysNothing(name))
            return null;
        var time = StatementTime.Of(statement, context.Times);
        var code = Codes.Prefer(Material(statement)["code"], CodeSystems.RxNorm);
        var end = time.End;
        return new SummaryMedication(name, null, Sig.Of(statement, name, context), code, Status(statement, end, context.Times), time.First, end);
    }

    /// <summary>What the medicine is called: code, then the material's own name, then the words that the entry points at.</summary>
    public static string? Name(CdaElement statement, EntryContext context)
    {
        var material = Material(statement);
        return context.Said(material["code"]) ?? material["name"].Words ?? context.Words(statement["text"]);
    }

    private static CdaElement Material(CdaElement statement)
    {
        var product = statement["consumable"]["manufacturedProduct"];
        if (!product.Exists)
            product = statement["product"]["manufacturedProduct"];
        return product["manufacturedMaterial"].Exists ? product["manufacturedMaterial"] : product["manufacturedLabeledDrug"];
    }

    /// <summary>
    /// The status that is observed of it, else that of the statement. R1.1 called a statement <c>completed</c> that was written down, also of a medicine still taken: there it says something only with an end that has passed.
    /// </summary>
    private static string? Status(CdaElement statement, string? end, Times times)
    {
        if (Statuses.Observed(statement) is { } observed)
            return observed switch { "resolved" => "completed", "inactive" => "stopped", _ => observed };
        return statement["statusCode"].Code switch
        {
            "active" => "active",
            "completed" when (end is not null && !times.IsAhead(end)) || HasVersion(statement) => "completed",
            "aborted" or "cancelled" => "stopped",
            "suspended" or "held" => "on-hold",
            _ => null,
        };
    }

    private static bool HasVersion(CdaElement statement)
    {
        foreach (var template in statement.Children("templateId"))
        {
            if (template.Attribute("extension") is not null)
                return true;
        }
        return false;
    }
}
