using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>From a stored content to what may be shown of it. Pure.</summary>
internal static class ToldReading
{
    /// <summary>What is held of it, as far as it was found out; what was not is taken for held.</summary>
    /// <param name="released">What somebody has released of this content.</param>
    /// <param name="meanwhile">What may stand for it until it is found out, see <see cref="Meanwhile"/>.</param>
    public static Draft Draft(StoredNote stored, VisitNote note, ReadOnlyMemory<byte>? resolved, IReadOnlyList<ReleasedPart> released, IReadOnlyList<HeldConcern> others, MappingOptions mapping, ResolvedNote? meanwhile = null)
    {
        var known = (resolved is { } json ? JsonSerializer.Deserialize<ResolvedNote>(json.Span) : null) ?? meanwhile;
        // Not looked up yet: nobody knows how old the patient is, and which concerns other notes hold.
        known ??= new ResolvedNote { Patient = stored.Patient, BirthDate = note.Patient.Check?.BirthDate ?? FhirTime.DayOf(note.Visit.Start), HeldConcerns = others };
        return new Draft(note, stored.Hash, known with { Released = released }, mapping);
    }

    /// <summary>What stands for the EHR's answer until it has been asked about a content of a note; null where nothing can.</summary>
    /// <param name="other">What was found out for another content of it.</param>
    /// <param name="isWriter">Of what they wrote nothing is kept from them: what the note itself holds they read apart, by <see cref="HeldDesk"/>, and nothing else.</param>
    public static ResolvedNote? Meanwhile(StoredNote stored, VisitNote said, ReadOnlyMemory<byte>? other, IReadOnlyList<HeldConcern> others, bool isWriter)
    {
        if (isWriter)
            return new ResolvedNote { Patient = stored.Patient };
        // An identifier may mean another chart than before: only the EHR can say.
        if (other is not { } json || said.Patient.Reference != stored.Patient || JsonSerializer.Deserialize<ResolvedNote>(json.Span) is not { } known || known.Patient != stored.Patient)
            return null;
        return new ResolvedNote { Patient = known.Patient, BirthDate = known.BirthDate, HeldConcerns = [.. known.HeldConcerns.Concat(others).Distinct()] };
    }

    public static ToldVisit Of(StoredNote stored, Draft draft, bool ofTheTeam) => Of(stored, draft, ShownNote.Of(draft, ofTheTeam), Flags(draft));

    /// <summary>All versions of it, the first one first, and whether one is shown only as far as the last one says the same; see <see cref="HoldHistory.IsHeldSince"/>.</summary>
    /// <param name="versions">Those that may be shown.</param>
    /// <param name="contents">All that there are; null: one that cannot be read.</param>
    public static IReadOnlyList<(ToldVisit Visit, bool IsPartial)> Versions(StoredNote stored, IReadOnlyList<Draft> versions, IReadOnlyList<Draft?> contents, bool ofTheTeam)
    {
        var (whole, last) = (versions.Select(one => Of(stored, one, ofTheTeam)), versions[^1]);
        return HoldHistory.IsHeldSince(contents) ? [.. whole.SkipLast(1).Zip(versions, (visit, draft) => AsFarAs(last, visit, draft, ofTheTeam)), (Of(stored, last, ofTheTeam), false)] : [.. whole.Select(visit => (visit, false))];
    }

    private static (ToldVisit Visit, bool IsPartial) AsFarAs(Draft last, ToldVisit whole, Draft draft, bool ofTheTeam)
    {
        var flags = whole.Flags.IntersectBy(Flags(last).Select(flag => (flag.Part, flag.Text)), flag => (flag.Part, flag.Text)).ToList();
        var said = ShownNote.SaidByLast(draft, last, ofTheTeam);
        return (Of(whole.Stored, draft, said, flags), flags.Count < whole.Flags.Count || JsonSerializer.Serialize(said) != JsonSerializer.Serialize(whole.Said));
    }

    private static ToldVisit Of(StoredNote stored, Draft draft, VisitNote said, IEnumerable<ToldFlag> flags) =>
        new(stored, said, [.. flags], [.. said.Screenings.Select(one => Of(draft, one)).OfType<ToldScreening>()], [.. Scores(draft, said)]);

    private static IEnumerable<ToldFlag> Flags(Draft draft)
    {
        var flags = RedFlags.Flags(draft).Where(flag => !flag.Held).ToList();
        if (flags.Count == 0)
            return [];
        var tellings = Tellings.Of(draft, Alerts.Of(draft, RedFlags.Flags(draft)));
        return flags.Select(flag => new ToldFlag(flag.Part, flag.Text, tellings.FirstOrDefault(telling => !telling.Held && telling.Flags.Any(one => one.Pointer == flag.Pointer && one.Text == flag.Text))?.Key) { Found = flag.Found });
    }

    private static ToldScreening? Of(Draft draft, Screening screening)
    {
        var form = InstrumentForms.Of(screening.Instrument);
        var results = from result in form.Results
                      where !draft.Holds.Item(result.LinkId) && !result.Rule!.Of.Any(draft.Holds.Item) && Scoring.Answer(screening, result.LinkId) is null
                      let text = ScreeningResults.Text(form, result, screening)
                      where text is not null
                      select new ToldAnswer(result.Text, text, false);
        return new ToldScreening(
            Words.Of(screening.Instrument), form.Title, screening.Declined,
            [.. screening.Answers.Select(answer => new ToldAnswer(ScreeningAnswers.QuestionText(form, answer.Item), ScreeningAnswers.ValueText(form, answer), ScreeningAnswers.IsNeed(form, answer)))], [.. results]);
    }

    /// <summary>All that has a value on a time axis.</summary>
    private static IEnumerable<SeriesValue> Scores(Draft draft, VisitNote said)
    {
        foreach (var scores in SymptomScores.Of(said).GroupBy(one => one.Symptom))
            yield return new SeriesValue(scores.Key, scores.First().Score, null, null);
        foreach (var vital in said.Vitals)
        {
            if (vital is { Kind: VitalKind.BloodPressure, Systolic: { } systolic, Diastolic: { } diastolic })
                yield return new SeriesValue(SeriesKinds.BloodPressure, systolic, diastolic, vital.Date);
            if (vital is { Kind: VitalKind.Weight, Value: { } weight } && SeriesKinds.Kilograms(weight, CodeTables.Vitals[VitalKind.Weight].UnitOf(weight, vital.Unit)) is { } kilograms)
                yield return new SeriesValue(SeriesKinds.Weight, kilograms, null, vital.Date);
        }
        foreach (var screening in said.Screenings)
        {
            var form = InstrumentForms.Of(screening.Instrument);
            foreach (var result in form.Results.Where(result => !draft.Holds.Item(result.LinkId) && !result.Rule!.Of.Any(draft.Holds.Item)))
            {
                if (SeriesKinds.OfResult(screening.Instrument, result.LinkId) is not { } kind)
                    continue;
                if (Scoring.Answer(screening, result.LinkId)?.Number is { } given)
                    yield return new SeriesValue(kind, given, null, screening.Date);
                else if (Scoring.Sum(form, result.Rule!, screening) is { } total)
                    yield return new SeriesValue(kind, total, null, screening.Date);
                else if (Scoring.AnyNeed(form, result, screening) is { } found)
                    yield return new SeriesValue(kind, found.Code == result.Rule!.Yes ? 1 : 0, null, screening.Date);
            }
            if (screening.Instrument == Instrument.DistressThermometer && Scoring.Answer(screening, SeriesKinds.Distress)?.Number is { } distress)
                yield return new SeriesValue(SeriesKinds.Distress, distress, null, screening.Date);
        }
    }
}
