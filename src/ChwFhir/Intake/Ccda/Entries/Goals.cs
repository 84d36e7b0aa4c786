using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Goal Observation: code and value together say the goal; its time is when it should be reached.</summary>
internal static class Goals
{
    public static SummaryGoal? Read(CdaElement observation, EntryContext context)
    {
        if (observation.Attribute("negationInd") is "true" or "1" || observation["statusCode"].Code is "cancelled" or "aborted" or "nullified" || Text(observation, context) is not { } text || CleanText.SaysNothing(text))
            return null;
        var time = StatementTime.Of(observation, context.Times);
        var isDue = context.Times.IsAhead(time.Single);
        return new SummaryGoal(text, time.Start ?? (isDue ? null : time.Single), time.End ?? (isDue ? time.Single : null));
    }

    private static string? Text(CdaElement observation, EntryContext context)
    {
        var value = Value(observation["value"], context);
        if (observation["value"].Attribute("type") is { } type && (type.EndsWith("ST", StringComparison.Ordinal) || type.EndsWith("ED", StringComparison.Ordinal)) && value is not null)
            return value;
        var said = context.Words(observation["text"]) ?? context.Said(observation["code"]);
        if (said is null)
            return value;
        return value is null || said.Contains(value, StringComparison.OrdinalIgnoreCase) ? said : $"{said}: {value}";
    }

    private static string? Value(CdaElement value, EntryContext context)
    {
        if (context.Said(value) is { } said)
            return said;
        if (Quantity(value) is { } quantity)
            return quantity;
        var (low, high) = (Quantity(value["low"]), Quantity(value["high"]));
        return (low, high) switch
        {
            (not null, not null) => $"{low} to {high}",
            (not null, null) => $"at least {low}",
            (null, not null) => $"at most {high}",
            _ => value.Words ?? context.Words(value),
        };
    }

    private static string? Quantity(CdaElement quantity)
    {
        if (quantity.IsNull || CleanText.OneLine(quantity.Value) is not { } value)
            return null;
        return quantity.Attribute("unit") is { } unit and not "1" ? $"{value} {unit}" : value;
    }
}
