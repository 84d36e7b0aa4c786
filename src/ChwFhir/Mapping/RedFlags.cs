using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Narratives;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>Looks for red flags by the programme's rules, and says each in the note's issues.</summary>
internal static class RedFlags
{
    internal static List<RedFlag> Find(Draft draft)
    {
        var flags = Flags(draft);
        // Issues are read by more people than a held part may be told to.
        foreach (var flag in flags)
            Warn(draft, "red-flag", flag.Pointer, flag.Held ? "A red flag in a held part; it goes only to those who may know." : flag.Text, flag.Held, flag.Found);

        Messages(draft);
        Narrative(draft);

        return flags;
    }

    private static void Warn(Draft draft, string code, string pointer, string detail, bool held, FlagFound found)
    {
        draft.Warn(code, pointer, detail, held);
        draft.Flags.Add(new FlagIssue(draft.Issues[^1], held ? new FlagFound("held", "") : found));
    }

    // Until a rule has found something.
    private static readonly FlagFound Nothing = new("", "");

    private static string English(IEnumerable<FlagReason> reasons) => string.Join(", ", reasons.Select(reason => reason.English));

    /// <summary>The flags alone.</summary>
    internal static List<RedFlag> Flags(Draft draft)
    {
        var flags = new List<RedFlag>();
        Symptoms(draft, flags);
        Vitals(draft, flags);
        Answers(draft, flags);
        Concerns(draft, flags);

        return flags;
    }

    private static void Symptoms(Draft draft, List<RedFlag> flags)
    {
        for (var i = 0; i < draft.Note.Symptoms.Count; i++)
        {
            var symptom = draft.Note.Symptoms[i];
            var reasons = ScoreReasons(draft, symptom.Kind, symptom.Score, symptom.Tolerable);
            if (draft.Options.RedFlags.Present.Contains(Words.Of(symptom.Kind)) && symptom.Score is not 0)
                reasons.Add(new FlagReason("present"));
            if (draft.Options.RedFlags.NeedsClinician && symptom.NeedsClinician)
                reasons.Add(new FlagReason("needs-clinician"));
            AddSymptom(draft, flags, symptom.Kind, symptom.Score, reasons, new RedFlag($"symptom/{Words.Of(symptom.Kind)}", $"/symptoms/{i}", "", Nothing, draft.Holds.Of(symptom), symptom.Hold?.For ?? []));
        }
    }

    private static List<FlagReason> ScoreReasons(Draft draft, SymptomKind kind, int? given, int? tolerableScore)
    {
        var word = Words.Of(kind);
        var reasons = new List<FlagReason>();
        foreach (var rule in draft.Options.RedFlags.Scores)
        {
            if (given is not { } score || !rule.Symptoms.Contains(word))
                continue;

            var last = draft.Resolved.LastScores.TryGetValue(word, out var known) ? known : (int?)null;
            if (rule.From is { } from && score >= from && (last is null || last < from))
                reasons.Add(new FlagReason(last is null ? "from" : "from-new", from));
            if (rule.RisenBy is { } risen && last is { } before && score >= before + risen)
                reasons.Add(new FlagReason("risen", before));
            if (rule.AboveTolerable && tolerableScore is { } tolerable && score > tolerable)
                reasons.Add(new FlagReason("above-tolerable", tolerable));
        }

        return reasons;
    }

    private static void AddSymptom(Draft draft, List<RedFlag> flags, SymptomKind kind, int? score, List<FlagReason> reasons, RedFlag flag)
    {
        if (reasons.Count == 0)
            return;

        var what = $"{CodeTables.Symptoms[kind].Text}{(score is null ? "" : FormattableString.Invariant($" {score} of 10"))}: {English(reasons)}";
        if (IsKnown(draft, Words.Of(kind)) is { } until)
            draft.Inform("red-flag-known", flag.Pointer, flag.Held ? $"A clinician knows about this held part until {until}; no alert is raised." : $"{what}. A clinician knows about it until {until}; no alert is raised.", flag.Held);
        else
            flags.Add(flag with { Text = what, Found = new FlagFound("symptom", Words.Of(kind)) { Score = score, Reasons = reasons } });
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
            var reasons = new List<FlagReason>();
            foreach (var rule in draft.Options.RedFlags.Vitals)
            {
                var value = rule.Part switch { "systolic" => vital.Systolic, "diastolic" => vital.Diastolic, _ => vital.Value };
                if (rule.Kind != word || value is not { } number || known.UnitOf(number, vital.Unit) != rule.Unit)
                    continue;
                if (number >= rule.From || number < rule.Below)
                    reasons.Add(new FlagReason(rule.Part ?? "value", number, rule.Unit));
            }

            if (reasons.Count > 0)
                flags.Add(new RedFlag($"vital/{word}", $"/vitals/{i}", $"{known.Text}: {English(reasons)}", new FlagFound("vital", word) { Reasons = reasons }, Held: false, []));
        }
    }

    private static void Answers(Draft draft, List<RedFlag> flags)
    {
        for (var i = 0; i < draft.Note.Screenings.Count; i++)
        {
            var screening = draft.Note.Screenings[i];
            var (instrument, part, told) = (InstrumentForms.Of(screening.Instrument), $"screening/{Words.Of(screening.Instrument)}", screening.Hold?.For ?? []);
            for (var a = 0; a < screening.Answers.Count; a++)
            {
                var answer = screening.Answers[a];
                var flag = new RedFlag(part, $"/screenings/{i}/answers/{a}", "", Nothing, draft.Holds.Of(screening) || draft.Holds.Item(answer.Item), told);
                if (draft.Options.RedFlags.Answers.Any(rule => rule.IsMetBy(instrument, answer)))
                {
                    var (question, value) = (ScreeningAnswers.QuestionText(instrument, answer.Item), ScreeningAnswers.ValueText(instrument, answer));
                    flags.Add(flag with { Text = $"{instrument.Title}: \"{question}\" was answered with {value}", Found = new FlagFound("answer", instrument.Title) { Written = question, Answer = value } });
                }
                if (SymptomScores.Of(screening, answer) is { } score && Words.TryParse<SymptomKind>(answer.Item, out var symptom) && !draft.Note.Symptoms.Any(told => told.Kind == symptom && told.Score is not null))
                    AddSymptom(draft, flags, symptom, score, ScoreReasons(draft, symptom, score, null), flag with { Also = $"symptom/{answer.Item}" });
            }

            foreach (var result in instrument.Results)
            {
                if (Scoring.Sum(instrument, result.Rule!, screening) is { } total && draft.Options.RedFlags.Answers.Any(rule => rule.Item == result.LinkId && total > rule.Above) && !IsGiven(draft, instrument, screening, result))
                    flags.Add(new RedFlag(part, $"/screenings/{i}", FormattableString.Invariant($"{result.Text}: {total}"), new FlagFound("total", instrument.Title) { Written = result.Text, Answer = FormattableString.Invariant($"{total}") }, draft.Holds.Of(screening) || draft.Holds.Item(result.LinkId) || result.Rule!.Of.Any(draft.Holds.Item), told));
            }
        }
    }

    /// <summary>The note gives the total itself, and as high: it was flagged there.</summary>
    private static bool IsGiven(Draft draft, InstrumentForm form, Screening screening, FormItem result) =>
        Scoring.Answer(screening, result.LinkId) is { } given && draft.Options.RedFlags.Answers.Any(rule => rule.IsMetBy(form, given));

    /// <summary>Violence in the home is a flag by being told.</summary>
    private static void Concerns(Draft draft, List<RedFlag> flags)
    {
        for (var i = 0; i < draft.Note.Concerns.Count; i++)
        {
            var concern = draft.Note.Concerns[i];
            if (concern.IsOpen() && draft.Options.RedFlags.Domains.Contains(Words.Of(concern.Domain)))
                flags.Add(new RedFlag($"concern/{concern.Id ?? Words.Of(concern.Domain)}", $"/concerns/{i}", ConcernMapping.Code(concern).Text!, new FlagFound("concern", Words.Of(concern.Domain)) { Written = concern.Text }, draft.Holds.Of(concern), concern.Hold?.For ?? [], $"concern/{Words.Of(concern.Domain)}"));
        }
    }

    /// <summary>A message that is stat is its own alert.</summary>
    private static void Messages(Draft draft)
    {
        for (var i = 0; i < draft.Note.Messages.Count; i++)
        {
            var urgency = Words.Of(draft.Note.Messages[i].Urgency);
            if (draft.Options.RedFlags.Messages.Contains(urgency))
                Warn(draft, "red-flag", $"/messages/{i}", $"The message is {urgency}.", draft.Holds.Of(draft.Note.Messages[i]), new FlagFound("message", urgency));
        }
    }

    /// <summary>Words only make the app ask: a narrative may speak of last year, or of a neighbour.</summary>
    private static void Narrative(Draft draft)
    {
        if (!draft.Options.RedFlags.Narrative)
            return;

        Look("/narrative", draft.Note.Narrative, null, draft.Holds.Narrative);
        for (var i = 0; i < draft.Note.Sections.Count; i++)
            Look($"/sections/{i}/text", draft.Note.Sections[i].Text, draft.Note.Sections[i].Title, draft.Holds.Of(draft.Note.Sections[i]));

        void Look(string pointer, string? text, string? title, bool held)
        {
            if (text is not null && NarrativeReading.Dangers(text, draft.Options.Lexicon, title) is { Count: > 0 } said)
                Warn(draft, "possible-red-flag", pointer, $"The text may speak of danger{(held ? "" : $" ({string.Join(", ", said)})")}. Is there something for a clinician?", held, new FlagFound("text", "") { Written = string.Join(", ", said) });
        }
    }
}
