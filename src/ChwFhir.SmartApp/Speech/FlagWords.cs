using ChwFhir.CareTeam;
using ChwFhir.Mapping;

namespace ChwFhir.SmartApp.Speech;

/// <summary>Red flags in the language of the page. What a person or the author of an instrument wrote stays as it was written.</summary>
internal static class FlagWords
{
    /// <param name="text">As the chart has it, for what was kept before it was kept apart from its words.</param>
    public static string Of(FlagFound? found, string text, Wording words) => found switch
    {
        { Kind: "symptom", Score: { } score } => words.Say("flag.of", words.Say("symptom.score", words.Of("symptom", found.Of), score), Reasons(found, words)),
        { Kind: "symptom" } => words.Say("flag.of", words.Of("symptom", found.Of), Reasons(found, words)),
        { Kind: "vital" } => words.Say("flag.of", words.Of("vital", found.Of), Reasons(found, words)),
        { Kind: "answer" } => words.Say("flag.answer", found.Of, found.Written, found.Answer),
        { Kind: "total" } => words.Say("flag.total", found.Of, found.Written, found.Answer),
        { Kind: "message" } => words.Say("flag.message", words.Of("urgency", found.Of)),
        { Kind: "text" } => words.Say("flag.text", found.Written),
        { Kind: "held" } => words["flag.held"],
        { Kind: "concern", Written: null } => words.Of("domain", found.Of),
        _ => text,
    };

    /// <summary>A message's words. What is in the chart is English; where a rule wrote it, other readers have the same in their own language.</summary>
    public static string Of(MessageView message, DateTimeOffset now, Wording words)
    {
        if (message.IsOfHeldPart)
            return words["message.held-part"];
        if (message.Raised is not { } raised || words == Wording.English)
            return message.Said;
        var found = string.Join("; ", raised.Found.Select(one => Of(one, one.Written ?? one.Of, words)));
        if (raised.Own is { } own)
            return $"{own}\n\n{words.Say("flag.also", found)}";
        return raised.Phone is { } phone ? $"{words.Say("flag.visit", When.Of(raised.Visit, now, words), found)} {words.Say("flag.call", phone)}" : words.Say("flag.visit", When.Of(raised.Visit, now, words), found);
    }

    private static string Reasons(FlagFound found, Wording words) => string.Join(", ", found.Reasons.Select(reason => words.Say($"flag.why.{reason.Rule}", reason.Number is { } number ? Measures.Of(number, reason.Unit, words) : "")));
}
