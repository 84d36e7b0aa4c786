using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChwFhir.Intake.Narratives;

/// <summary>What a person may take over from a note's words into its parts. Pure; what a part says already is not suggested.</summary>
public static class Suggestions
{
    private const int MostOfAKind = 20;
    private const int LongestText = 600;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="heldDomains">Domains of concerns that no chart gets to see.</param>
    public static IReadOnlyList<Suggestion> Of(VisitNote note, Lexicon lexicon, IReadOnlyCollection<string> heldDomains)
    {
        Dictionary<string, Suggestion> found = new(StringComparer.Ordinal);
        var day = DateOnly.FromDateTime(note.Visit.Start.DateTime);
        if (note.Narrative is { } narrative)
            Read("/narrative", narrative, null, note.NarrativeHold);
        for (var i = 0; i < note.Sections.Count; i++)
            Read($"/sections/{i.ToString(CultureInfo.InvariantCulture)}/text", note.Sections[i].Text, note.Sections[i].Title, note.Sections[i].Hold);
        return [.. found.Values];

        void Read(string pointer, string text, string? title, Hold? hold)
        {
            foreach (var finding in NarrativeReading.Read(text, lexicon, title, day))
            {
                if (Suggested(note, finding, text, pointer, hold, heldDomains) is { } suggestion && found.Values.Count(other => other.Kind == suggestion.Kind) < MostOfAKind)
                    found.TryAdd(suggestion.Key, suggestion);
            }
        }
    }

    private static Suggestion? Suggested(VisitNote note, Finding finding, string text, string pointer, Hold? hold, IReadOnlyCollection<string> heldDomains)
    {
        // Goals and follow-ups have no hold: what is held is not made one.
        if (IsSaid(note, finding, text) || (hold is not null && finding.Kind is RuleKind.Goal or RuleKind.FollowUp))
            return null;

        var quote = text.Substring(finding.Start, Math.Min(finding.Length, LongestText));
        var (kind, into, part) = finding.Kind switch
        {
            RuleKind.Need => ("concern", "/concerns/-", new JsonObject { ["domain"] = finding.Code, ["text"] = quote }),
            RuleKind.Symptom => ("symptom", "/symptoms/-", SymptomOf(finding, quote)),
            RuleKind.Goal => ("goal", "/goals/-", new JsonObject { ["text"] = Trimmed(finding.Said!) }),
            _ => ("follow-up", "/followUp", FollowUpOf(note, finding, quote)),
        };
        if (hold is not null)
            part["hold"] = HoldOf(hold);
        var code = finding.Code.Length > 0 ? finding.Code : null;
        return new Suggestion(
            code is null ? $"{kind}/{HashOf((string)part["text"]!)}" : $"{kind}/{code}", kind, code, quote, pointer, finding.Start, quote.Length,
            WhyOf(finding, part), finding.Rule, into, part.ToJsonString(Plain), hold is not null || (kind == "concern" && heldDomains.Contains(code)));
    }

    private static JsonObject SymptomOf(Finding finding, string quote)
    {
        var part = new JsonObject { ["symptom"] = finding.Code };
        if (finding.Score is { } score)
            part["score"] = score;
        part["text"] = quote;
        return part;
    }

    // A day that the note gives already stays.
    private static JsonObject FollowUpOf(VisitNote note, Finding finding, string quote)
    {
        var part = new JsonObject();
        if (finding.NextVisit is { } next && note.FollowUp?.NextVisit is null)
            part["nextVisit"] = next.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        part["text"] = quote;
        return part;
    }

    private static string WhyOf(Finding finding, JsonObject part)
    {
        var why = finding.Matched.Length > 0 ? $"The text says \u201C{finding.Matched}\u201D" : "It stands under a heading of this kind";
        return part["nextVisit"] is { } day ? $"{why}; the next visit would be on {(string?)day}, counted from this one." : $"{why}.";
    }

    private static bool IsSaid(VisitNote note, Finding finding, string text) => finding.Kind switch
    {
        RuleKind.Need => note.Concerns.Any(concern => Words.Of(concern.Domain) == finding.Code && concern.About is ConcernAbout.Patient),
        RuleKind.Symptom => note.Symptoms.Any(symptom => Words.Of(symptom.Kind) == finding.Code),
        RuleKind.Goal => WordFolding.Line(Trimmed(finding.Said!)) is var wanted && note.Goals.Any(goal => WordFolding.Line(goal.Text).Contains(wanted, StringComparison.Ordinal)),
        _ => note.FollowUp?.Text is { } planned && WordFolding.Line(planned).Contains(WordFolding.Line(text.AsSpan(finding.Start, finding.Length)), StringComparison.Ordinal),
    };

    private static string Trimmed(string said) => said.Trim().TrimEnd('.', ',', ';', ':').Trim() is var text && text.Length > LongestText ? text[..LongestText] : text;

    private static JsonObject HoldOf(Hold hold) => new() { ["why"] = Words.Of(hold.Why), ["for"] = new JsonArray([.. hold.For.Select(who => (JsonNode)who)]) };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WordFolding.Line(text))).AsSpan(0, 8));
}
