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
        if (IsUnsaid(value) || Text(observation, value, context) is not { } text || CleanText.SaysNothing(text))
            return null;
        var time = StatementTime.Of(observation, context.Times);
        return new SummaryDiagnosis(text, Codes.Read(value), Status(observation, act, time), time.First);
    }

    /// <summary>"Problem", "Disease", "Clinical finding" as the finding: an empty row of a template; and the codes that say that there is none.</summary>
    private static bool IsUnsaid(CdaElement value) =>
        value.Code is "160245001" or "160244002" or "787481004" or "787482006"
        || (value.Code is "55607006" or "64572001" or "404684003" or "282291009" && value["originalText"].Words is null && !value["originalText"]["reference"].Exists && !value["translation"].Exists);

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
