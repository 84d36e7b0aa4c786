using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Ccda.Entries;

/// <summary>Instruction act: what the patient was told, under what the code calls it.</summary>
internal static class Instructions
{
    public static SummaryInstruction? Read(CdaElement act, EntryContext context)
    {
        if (act.Attribute("negationInd") is "true" or "1" || act["statusCode"].Code is "cancelled" or "aborted" or "nullified")
            return null;
        var title = act["code"].IsNull ? null : CleanText.OneLine(act["code"].Attribute("displayName"));
        var text = context.Words(act["text"]) ?? context.Said(act["code"]);
        if (text is null || CleanText.SaysNothing(text))
            return null;
        return new SummaryInstruction(title == text ? null : title, text);
    }
}
