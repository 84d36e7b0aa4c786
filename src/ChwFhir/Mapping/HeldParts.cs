using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>The held parts of a note, in its order, whatever was released of them. Pure.</summary>
internal static class HeldParts
{
    internal static IReadOnlyList<HeldPart> Of(VisitNote note, ResolvedNote resolved, MappingOptions options) => Holds.Of(note, resolved, options).Parts;

    internal static IEnumerable<(object Source, HeldPart Part)> Find(VisitNote note, Holds holds, HeldItemRules rules) =>
        [.. Texts(note, holds, rules), .. Concerns(note, holds, rules), .. Screenings(note, holds, rules), .. Symptoms(note, holds, rules), .. Messages(note, holds, rules)];

    private static IEnumerable<(object, HeldPart)> Texts(VisitNote note, Holds holds, HeldItemRules rules)
    {
        if (note.Narrative is { } narrative && (holds.IsYoung || note.NarrativeHold is not null))
            yield return (narrative, Part("narrative", "/narrative", note.NarrativeHold, HeldWhy.UnderAge, rules, "Narrative", narrative) with { IsOfTheYoung = holds.IsYoung });
        for (var i = 0; i < note.Sections.Count; i++)
        {
            var section = note.Sections[i];
            if (holds.IsYoung || section.Hold is not null)
                yield return (section, Part(Numbered("section", i), $"/sections/{i}", section.Hold, HeldWhy.UnderAge, rules, section.Title, section.Text) with { IsOfTheYoung = holds.IsYoung });
        }
    }

    private static IEnumerable<(object, HeldPart)> Concerns(VisitNote note, Holds holds, HeldItemRules rules)
    {
        var keys = new KeyBook();
        for (var i = 0; i < note.Concerns.Count; i++)
        {
            var concern = note.Concerns[i];
            var key = keys.Take(ConcernMapping.Key(concern));
            if (holds.Why(concern) is { } why)
                yield return (concern, Part(key, $"/concerns/{i}", concern.Hold, why, rules, CodeTables.Domains[concern.Domain].Text, FindingsPart.Name(concern), $"{Words.Of(concern.Domain)} {concern.About}\n{concern.Text}") with { Why = why, IsForFewOnly = IsViolence(concern.Domain, rules), IsOfTheYoung = holds.IsYoung && concern.FromNarrative is not null });
        }
    }

    private static IEnumerable<(object, HeldPart)> Screenings(VisitNote note, Holds holds, HeldItemRules rules)
    {
        var keys = new KeyBook();
        for (var i = 0; i < note.Screenings.Count; i++)
        {
            var screening = note.Screenings[i];
            var key = keys.Take($"screening/{Words.Of(screening.Instrument)}");
            if (holds.IsYoung || screening.Hold is not null)
                yield return (screening, Part(key, $"/screenings/{i}", screening.Hold, HeldWhy.UnderAge, rules, InstrumentForms.Of(screening.Instrument).Title, Said(screening, answer => !rules.Items.Contains(answer.Item)), Raw(screening, answer => !rules.Items.Contains(answer.Item))) with { IsOfTheYoung = holds.IsYoung });
        }

        // A question that is always held is one part, in however many forms it was asked.
        foreach (var item in note.Screenings.SelectMany(screening => screening.Answers).Select(answer => answer.Item).Where(rules.Items.Contains).Distinct())
        {
            var asked = note.Screenings.Where(screening => screening.Answers.Any(answer => answer.Item == item)).ToList();
            var at = note.Screenings.TakeWhile(screening => screening != asked[0]).Count();
            yield return (item, Part($"answer/{item}", $"/screenings/{at}", null, HeldWhy.ByRule, rules, ScreeningAnswers.QuestionText(InstrumentForms.Of(asked[0].Instrument), item),
                string.Join('\n', asked.Select(screening => Said(screening, answer => answer.Item == item))), string.Join('\n', asked.Select(screening => Raw(screening, answer => answer.Item == item)))) with { IsForFewOnly = true, IsOfTheYoung = holds.IsYoung });
        }
    }

    private static IEnumerable<(object, HeldPart)> Symptoms(VisitNote note, Holds holds, HeldItemRules rules)
    {
        var keys = new KeyBook();
        for (var i = 0; i < note.Symptoms.Count; i++)
        {
            var symptom = note.Symptoms[i];
            var key = keys.Take($"symptom/{Words.Of(symptom.Kind)}");
            if (symptom.Hold is not null)
                yield return (symptom, Part(key, $"/symptoms/{i}", symptom.Hold, HeldWhy.UnderAge, rules, CodeTables.Symptoms[symptom.Kind].Text, FindingsPart.Symptom(symptom),
                    FormattableString.Invariant($"{symptom.Kind} {symptom.Score} {symptom.Usual} {symptom.Tolerable} {symptom.Since} {symptom.ReportedBy}\n{symptom.Text}\n{symptom.Tried}")));
        }
    }

    private static IEnumerable<(object, HeldPart)> Messages(VisitNote note, Holds holds, HeldItemRules rules)
    {
        var keys = new KeyBook();
        for (var i = 0; i < note.Messages.Count; i++)
        {
            var message = note.Messages[i];
            var key = keys.Take($"message/{(message.Id is { } id ? Folding.KeyPart(id) : (i + 1).ToString(CultureInfo.InvariantCulture))}");
            if (message.Hold is { } hold)
                yield return (message, Part(key, $"/messages/{i}", hold with { For = hold.For.Count > 0 ? hold.For : [.. message.To.Where(Holds.IsNoWholeTeam)] }, HeldWhy.UnderAge, rules, "Message", message.Text, message.Text) with { IsForFewOnly = message.About.Any(about => holds.IsOfViolence(about)) });
        }
    }

    /// <param name="otherwise">Why it is held where it has no hold of its own.</param>
    /// <param name="raw">What a decision is about, free of our own wording: it has to be the same in the next version of this service.</param>
    private static HeldPart Part(string key, string pointer, Hold? hold, HeldWhy otherwise, HeldItemRules rules, string title, string text, string? raw = null)
    {
        var why = hold?.Why switch { HoldReason.Danger => HeldWhy.Danger, HoldReason.PatientAsked => HeldWhy.PatientAsked, HoldReason.ToldInConfidence => HeldWhy.ToldInConfidence, _ => otherwise };
        return new HeldPart(key, Mark(raw ?? $"{title}\n{text}"), pointer, why, hold is { For.Count: > 0 } ? hold.For : rules.For, title, text);
    }

    internal static bool IsViolence(ConcernDomain domain, HeldItemRules rules) => rules.Domains.Contains(Words.Of(domain));

    private static string Said(Screening screening, Func<ScreeningAnswer, bool> which)
    {
        var form = InstrumentForms.Of(screening.Instrument);
        return screening.Declined ? "declined" : string.Join('\n', screening.Answers.Where(which).Select(answer => $"{ScreeningAnswers.QuestionText(form, answer.Item)} {ScreeningAnswers.ValueText(form, answer)}"));
    }

    private static string Numbered(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind}/{index + 1}");

    private static string Raw(Screening screening, Func<ScreeningAnswer, bool> which) => string.Join('\n',
        screening.Answers.Where(which).Select(answer => FormattableString.Invariant($"{answer.Item}={answer.Number}{string.Join('|', answer.Texts)}{answer.Declined}")).Prepend($"{Words.Of(screening.Instrument)} {screening.Date} {screening.Declined}"));

    private static string Mark(string raw) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)))[..32];
}
