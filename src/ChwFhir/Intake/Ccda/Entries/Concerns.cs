using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Health Concern and Risk Concern acts: each with the observations in it, or with what it says itself.</summary>
internal static class Concerns
{
    public static SummaryConcern? Read(CdaElement statement, EntryContext context)
    {
        if (statement.Attribute("negationInd") is "true" or "1")
            return null;
        var status = Statuses.Observed(statement) ?? Status(statement["statusCode"].Code);
        if (statement.Name == "observation")
            return Observed(statement, status, context);
        string? text = null;
        DocumentCode? code = null;
        foreach (var relation in statement.Children("entryRelationship"))
        {
            if (!relation["observation"].Exists || relation.Attribute("typeCode") is "RSON" or "SPRT" || Observed(relation["observation"], status, context) is not { } found)
                continue;
            text ??= found.Text;
            code ??= found.Code;
        }
        text = Own(statement, context) ?? text;
        return text is null || CleanText.SaysNothing(text) ? null : new SummaryConcern(text, code, status);
    }

    /// <summary>An act that only points at an entry elsewhere: its ids, to be looked up when all is read.</summary>
    public static IReadOnlyList<PersonIdentifier> PointsAt(CdaElement statement)
    {
        var found = new List<PersonIdentifier>(0);
        foreach (var relation in statement.Children("entryRelationship"))
        {
            if (relation["act"] is { Exists: true } act && CodeSystems.Identifier(act["id"]) is { } id && found.Count < 50)
                found.Add(id);
        }
        return found;
    }

    public static string? Status(string? code) => code switch
    {
        "active" => "active",
        "completed" or "suspended" or "aborted" => "inactive",
        _ => null,
    };

    private static string? Own(CdaElement statement, EntryContext context) =>
        context.Words(statement["text"]) ?? (statement["code"].Code is "75310-3" or "281694009" or "CONC" ? null : context.Said(statement["code"]));

    private static SummaryConcern? Observed(CdaElement observation, string? status, EntryContext context)
    {
        if (Diagnoses.Read(observation, default, context) is not { } found)
            return null;
        return new SummaryConcern(found.Text, found.Code, status ?? found.Status);
    }
}
