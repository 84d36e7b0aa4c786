using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Problem Observation, alone or in a Problem Concern or Encounter Diagnosis act. What is negated, and "no known problems", is no finding.</summary>
internal static class Diagnoses
{
    public static SummaryDiagnosis? Read(CdaElement observation, CdaElement act, EntryContext context)
    {
        if (observation.Attribute("negationInd") is "true" or "1")
            return null;
        var value = Value(observation);
        if (Text(observation, value, context) is not { } text || CleanText.SaysNothing(text))
            return null;
        var time = StatementTime.Of(observation, context.Times);
        return new SummaryDiagnosis(text, Codes.Read(value), Status(observation, act, time), time.First);
    }

    private static string? Text(CdaElement observation, CdaElement value, EntryContext context) =>
        context.Said(value) ?? value.Words ?? context.Words(observation["text"]) ?? (Codes.Read(value) is { } code ? code.Code : null);

    private static CdaElement Value(CdaElement observation)
    {
        foreach (var value in observation.Children("value"))
        {
            if (!value.IsNull || value.First.Exists)
                return value;
        }
        return default;
    }

    /// <summary>What is observed of it; else an end says resolved; else whether the concern is still followed.</summary>
    private static string? Status(CdaElement observation, CdaElement act, StatementTime time) =>
        Statuses.Observed(observation) switch
        {
            "on-hold" or null => time.End is not null ? "resolved" : act["statusCode"].Code switch
            {
                "active" => "active",
                "completed" or "suspended" or "aborted" => "inactive",
                _ => null,
            },
            var observed => observed,
        };
}
