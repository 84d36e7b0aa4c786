using System.Globalization;
using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>What was found: needs, symptoms, screenings, vital signs, medicines in the home.</summary>
internal static class FindingsPart
{
    internal static void Write(Page page)
    {
        var (draft, note) = (page.Draft, page.Draft.Note);

        page.Under("Needs, as reported; a clinician confirms them");
        foreach (var concern in note.Concerns.Where(concern => !draft.Holds.Of(concern)))
            page.List(Concern(draft, concern));
        foreach (var proposed in draft.Proposed.Where(proposed => !proposed.Held))
            page.List($"{proposed.Text} (proposed from the answers to {Phrases.And(proposed.From)})");
        page.GuardWishes([.. note.Concerns.Where(concern => !draft.Holds.Of(concern)).Select(concern => concern.Text)]);

        page.Under("Symptoms");
        foreach (var symptom in note.Symptoms.Where(symptom => !draft.Holds.Of(symptom)))
            page.List(Symptom(symptom));
        page.GuardWishes([.. note.Symptoms.Where(symptom => !draft.Holds.Of(symptom)).Select(symptom => symptom.Text)]);

        page.Under("Screenings");
        foreach (var screening in note.Screenings.Where(screening => !draft.Holds.Of(screening)))
            Screening(page, screening);

        page.Under("Vital signs");
        foreach (var vital in note.Vitals)
            page.List(Vital(vital));

        page.Under("Medicines at home, as the CHW saw or was told; not a medication list");
        foreach (var medicine in note.MedicinesAtHome)
            page.List(Medicine(medicine));
    }

    internal static string Name(Concern concern)
    {
        var name = concern.Text ?? CodeTables.Domains[concern.Domain].Text;
        return concern.About == ConcernAbout.Caregiver ? $"{name} (the caregiver's)" : name;
    }

    private static string Concern(Draft draft, Concern concern)
    {
        var facts = Phrases.Joined(
            concern.About == ConcernAbout.Caregiver ? "about the caregiver, who agreed that it stands here" : null,
            concern.Priority is { } priority ? string.Create(CultureInfo.InvariantCulture, $"priority {priority}") : null,
            concern.SaidStatus is { } status ? Phrases.Plain(Words.Of(status)) : null,
            concern.Owner is { } owner ? $"taken on by {draft.Resolved.Team.FirstOrDefault(member => member.Reference == owner.Reference)?.Name ?? owner.Reference ?? owner.Identifier?.Value}" : null);

        return Phrases.With($"{CodeTables.Domains[concern.Domain].Text}{(concern.Text is { } text ? $": {text}" : "")}", facts);
    }

    internal static string Symptom(Symptom symptom)
    {
        var facts = Phrases.Joined(
            symptom.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $"{score} of 10") : null,
            symptom.Usual is { } usual ? string.Create(CultureInfo.InvariantCulture, $"usually {usual}") : null,
            symptom.Tolerable is { } tolerable ? string.Create(CultureInfo.InvariantCulture, $"tolerable {tolerable}") : null,
            symptom.Since is { } since ? $"since {FhirTime.Readable(since)}" : null,
            symptom.ReportedBy is { } by ? $"reported by {Reporter(by)}" : null,
            symptom.NeedsClinician ? "the CHW asks that a clinician looks at this" : null);
        var words = Phrases.Joined(symptom.Text) + (symptom.Tried is { } tried ? $"{(symptom.Text is null ? "" : " ")}Tried: {tried}" : "");

        return $"{CodeTables.Symptoms[symptom.Kind].Text}{(facts.Length > 0 ? $": {facts}" : "")}{(words.Length > 0 ? $". {words}" : "")}";
    }

    private static void Screening(Page page, Screening screening)
    {
        var instrument = InstrumentForms.Of(screening.Instrument);
        var shown = screening.Answers.Where(answer => !page.Draft.Holds.Item(answer.Item)).ToList();
        if (shown.Count == 0 && !screening.Declined)
            return;

        var facts = Phrases.Joined(
            screening.Declined ? "declined" : null,
            screening.Date is { } date ? FhirTime.Readable(date) : null,
            screening.AnsweredBy is { } by ? $"answered by {Reporter(by)}" : null,
            screening.AskedAlone switch { true => "asked alone", false => "not asked alone", null => null });
        var results = instrument.Results
            .Where(result => !screening.Answers.Any(answer => answer.Item == result.LinkId) && !page.Draft.Holds.Item(result.LinkId) && !result.Rule!.Of.Any(page.Draft.Holds.Item))
            .Select(result => (result.Text, Value: ScreeningResults.Text(instrument, result, screening)))
            .Where(result => result.Value is not null)
            .Select(result => $"{result.Text}: {result.Value}");
        page.List(Phrases.With(instrument.Title, facts), [.. shown.Select(answer => Answer(instrument, answer)), .. results]);
    }

    private static string Answer(InstrumentForm instrument, ScreeningAnswer answer)
    {
        var question = ScreeningAnswers.QuestionText(instrument, answer.Item).TrimEnd('.');
        var value = ScreeningAnswers.ValueText(instrument, answer);

        return $"{question}{(question.EndsWith('?') ? "" : ":")} {value}{(ScreeningAnswers.IsNeed(instrument, answer) ? " [need]" : "")}";
    }

    private static string Vital(Vital vital)
    {
        var known = CodeTables.Vitals[vital.Kind];
        var unit = VitalCode.Readable(known.UnitOf(vital.Value ?? vital.Systolic ?? vital.Diastolic, vital.Unit)) ?? vital.Unit;
        var value = vital switch
        {
            { Systolic: null, Diastolic: null, Value: null } => null,
            { Value: { } number } => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{vital.Systolic?.ToString(CultureInfo.InvariantCulture) ?? "?"}/{vital.Diastolic?.ToString(CultureInfo.InvariantCulture) ?? "?"} {unit}"),
        };

        return $"{known.Text}: {Phrases.Joined(value, vital.Date is { } date ? FhirTime.Readable(date) : null, vital.ReportedBy is { } by ? $"reported by {Reporter(by)}" : null, vital.Text)}";
    }

    private static string Medicine(MedicineAtHome medicine)
    {
        var facts = Phrases.Joined(
            medicine.Taking switch { Taking.Yes => "taking it", Taking.No => "not taking it", Taking.Sometimes => "taking it sometimes", _ => null },
            medicine.Why is { } why ? $"because: {Phrases.Plain(Words.Of(why))}" : null,
            medicine.DaysLeft is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} days left") : null);

        return Phrases.With(medicine.Text, facts);
    }

    private static string Reporter(ReportedBy by) => by switch
    {
        ReportedBy.Patient => "the patient",
        ReportedBy.Caregiver => "the caregiver",
        _ => "the CHW, who saw it",
    };
}
