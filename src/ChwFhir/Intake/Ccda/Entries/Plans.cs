using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Planned Encounter, Act, Procedure, Observation, Medication, Supply: what is to come, with whom and when.</summary>
internal static class Plans
{
    public static SummaryFollowUp? Read(CdaElement statement, FollowUpKind kind, EntryContext context)
    {
        if (statement.Attribute("negationInd") is "true" or "1" || statement["statusCode"].Code is "cancelled" or "aborted" or "nullified" || Text(statement, context) is not { } text || CleanText.SaysNothing(text))
            return null;
        var time = StatementTime.Of(statement, context.Times);
        var (with, phone) = With(statement);
        return new SummaryFollowUp(text, with, time.First ?? time.End, phone, kind);
    }

    private static string? Text(CdaElement statement, EntryContext context)
    {
        if (statement.Name is "substanceAdministration" or "supply" && Medications.Name(statement, context) is { } name)
            return name;
        var said = context.Said(statement["code"]);
        if (said is null)
            return context.Words(statement["text"]) ?? context.Said(statement["value"]) ?? Reason(statement, context);
        return said;
    }

    /// <summary>What is planned without a code is said by what it is for.</summary>
    private static string? Reason(CdaElement statement, EntryContext context)
    {
        foreach (var relation in statement.Children("entryRelationship"))
        {
            var reason = relation["observation"];
            if ((context.Words(reason["text"]) ?? context.Said(reason["value"])) is { } words)
                return words;
        }
        return null;
    }

    private static (string? Name, string? Phone) With(CdaElement statement)
    {
        string? name = null, phone = null;
        foreach (var performer in statement.Children("performer"))
        {
            var entity = performer["assignedEntity"];
            name ??= People.Name(entity["assignedPerson"]) ?? People.Name(entity["representedOrganization"]);
            phone ??= People.Phone(entity) ?? People.Phone(entity["representedOrganization"]);
        }
        foreach (var participant in statement.Children("participant"))
        {
            var role = participant["participantRole"];
            name ??= People.Name(role["playingEntity"]) ?? People.Name(role["scopingEntity"]);
            phone ??= People.Phone(role);
        }
        return (name, phone);
    }
}
