using System.Globalization;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Looks for red flags by the programme's rules, and says each in the note's issues.</summary>
internal static class RedFlags
{
    internal static List<RedFlag> Find(Draft draft)
    {
        var flags = new List<RedFlag>();
        Symptoms(draft, flags);
        Vitals(draft, flags);
        Answers(draft, flags);
        foreach (var flag in flags)
            draft.Warn("red-flag", flag.Pointer, flag.Text);

        Messages(draft);
        Narrative(draft);

        return flags;
    }

    private static void Symptoms(Draft draft, List<RedFlag> flags)
    {
        for (var i = 0; i < draft.Note.Symptoms.Count; i++)
        {
            var symptom = draft.Note.Symptoms[i];
            var word = Words.Of(symptom.Kind);
            var reasons = Reasons(draft, symptom, word);
            if (reasons.Count == 0)
                continue;

            var what = $"{CodeTables.Symptoms[symptom.Kind].Text}{(symptom.Score is { } score ? $" {score} of 10" : "")}: {string.Join(", ", reasons)}";
            if (IsKnown(draft, word) is { } until)
                draft.Inform("red-flag-known", $"/symptoms/{i}", $"{what}. A clinician knows about it until {until}; no alert is raised.");
            else
                flags.Add(new RedFlag($"symptom/{word}", $"/symptoms/{i}", what, draft.Holds.Of(symptom), symptom.Hold?.For ?? []));
        }
    }

    private static List<string> Reasons(Draft draft, Symptom symptom, string word)
    {
        var rules = draft.Options.RedFlags;
        var reasons = new List<string>();
        foreach (var rule in rules.Scores)
        {
            if (symptom.Score is not { } score || !rule.Symptoms.Contains(word))
                continue;

            var last = draft.Resolved.LastScores.TryGetValue(word, out var known) ? known : (int?)null;
            if (rule.From is { } from && score >= from && (last is null || last < from))
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{from} or more{(last is null ? "" : " and was less before")}"));
            if (rule.RisenBy is { } risen && last is { } before && score >= before + risen)
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"up from {before}"));
            if (rule.AboveTolerable && symptom.Tolerable is { } tolerable && score > tolerable)
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"above what is tolerable ({tolerable})"));
        }

        if (rules.Present.Contains(word) && symptom.Score is not 0)
            reasons.Add("reported");
        if (rules.NeedsClinician && symptom.NeedsClinician)
            reasons.Add("the CHW asks for a clinician");

        return reasons;
    }

    private static string? IsKnown(Draft draft, string word) =>
        draft.Resolved.KnownUntil.TryGetValue(word, out var until) && string.CompareOrdinal(FhirTime.DayOf(draft.Note.Visit.Start), FhirTime.Date(until)) < 0 ? until : null;

    private static void Vitals(Draft draft, List<RedFlag> flags)
    {
        for (var i = 0; i < draft.Note.Vitals.Count; i++)
        {
            var vital = draft.Note.Vitals[i];
            var word = Words.Of(vital.Kind);
            var known = CodeTables.Vitals[vital.Kind];
            var reasons = new List<string>();
            foreach (var rule in draft.Options.RedFlags.Vitals)
            {
                var value = rule.Part switch { "systolic" => vital.Systolic, "diastolic" => vital.Diastolic, _ => vital.Value };
                if (rule.Kind != word || value is not { } number || known.UnitOf(number, vital.Unit) != rule.Unit)
                    continue;
                if (number >= rule.From || number < rule.Below)
                    reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{Phrases.Joined(rule.Part)}{(rule.Part is null ? "" : " ")}{number} {rule.Unit}"));
            }

            if (reasons.Count > 0)
                flags.Add(new RedFlag($"vital/{word}", $"/vitals/{i}", $"{known.Text}: {string.Join(", ", reasons)}", Held: false, []));
        }
    }

    private static void Answers(Draft draft, List<RedFlag> flags)
    {
        for (var i = 0; i < draft.Note.Screenings.Count; i++)
        {
            var screening = draft.Note.Screenings[i];
            var instrument = CodeTables.Instruments[screening.Instrument];
            for (var a = 0; a < screening.Answers.Count; a++)
            {
                var answer = screening.Answers[a];
                foreach (var rule in draft.Options.RedFlags.Answers)
                {
                    if (rule.Item == answer.Item && ScreeningAnswers.Score(instrument, answer) > rule.Above)
                        flags.Add(new RedFlag(
                            $"screening/{Words.Of(screening.Instrument)}", $"/screenings/{i}/answers/{a}", $"{instrument.Title}: \"{ScreeningAnswers.QuestionText(instrument, answer.Item)}\" was answered with yes",
                            draft.Holds.Of(screening) || draft.Holds.Item(answer.Item), screening.Hold?.For ?? []));
                }
            }
        }
    }

    /// <summary>A message that is stat is its own alert.</summary>
    private static void Messages(Draft draft)
    {
        for (var i = 0; i < draft.Note.Messages.Count; i++)
        {
            var urgency = Words.Of(draft.Note.Messages[i].Urgency);
            if (draft.Options.RedFlags.Messages.Contains(urgency))
                draft.Warn("red-flag", $"/messages/{i}", $"The message is {urgency}.");
        }
    }

    /// <summary>Words only make the app ask: a narrative may speak of last year, or of a neighbour.</summary>
    private static void Narrative(Draft draft)
    {
        if (draft.Options.RedFlags.Narrative is not { } rule)
            return;

        Look("/narrative", draft.Note.Narrative);
        for (var i = 0; i < draft.Note.Sections.Count; i++)
            Look($"/sections/{i}/text", draft.Note.Sections[i].Text);

        void Look(string pointer, string? text)
        {
            if (text is null)
                return;

            var heard = Sentences.Heard(text);
            var said = rule.Phrases.Where(phrase => IsSaid(heard, phrase, rule.Negations)).Distinct().Order(StringComparer.Ordinal).ToList();
            if (said.Count > 0)
                draft.Warn("possible-red-flag", pointer, $"The text may speak of danger ({string.Join(", ", said)}). Is there something for a clinician?");
        }
    }

    private static bool IsSaid(string heard, string phrase, IReadOnlyList<string> negations)
    {
        for (var at = Sentences.Find(heard, phrase); at >= 0; at = Sentences.Find(heard, phrase, at + 1))
        {
            var sentence = heard.LastIndexOf('\n', at) + 1;
            if (!IsDenied(heard.AsSpan(sentence, at - sentence), negations))
                return true;
        }

        return false;
    }

    private static bool IsDenied(ReadOnlySpan<char> before, IReadOnlyList<string> negations)
    {
        foreach (var no in negations)
        {
            if (Sentences.Says(before, no))
                return true;
        }

        return false;
    }
}
