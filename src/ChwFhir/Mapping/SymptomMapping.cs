using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A symptom as somebody told it: Observation of the survey kind with the 0–10 score.</summary>
internal static class SymptomMapping
{
    internal static void Map(Draft draft)
    {
        foreach (var symptom in draft.Note.Symptoms)
            draft.Add(draft.TakeKey($"symptom/{Words.Of(symptom.Kind)}"), Observation(draft, symptom), draft.Holds.Of(symptom));
    }

    private static Observation Observation(Draft draft, Symptom symptom)
    {
        var observation = new Observation
        {
            Meta = Concepts.Profile("us-core-observation-screening-assessment", OwnProfiles.Symptom),
            Status = ObservationStatus.Final,
            Code = Code(symptom),
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Effective = new FhirDateTime(draft.Started),
            Value = Value(symptom),
        };
        observation.Category.Add(Concepts.Of(Systems.ObservationCategory, "survey", "Survey"));
        if (People.Reporter(draft, symptom.ReportedBy) is { } reporter)
            observation.Performer.Add(reporter);

        AddScore(observation, "usual-score", "Usual score", symptom.Usual);
        AddScore(observation, "tolerable-score", "Score that is tolerable", symptom.Tolerable);
        AddNote(observation, symptom.Score is null ? null : symptom.Text);
        AddNote(observation, symptom.Since is { } since ? $"Since {since}." : null);
        AddNote(observation, symptom.Tried is { } tried ? $"Tried: {tried}" : null);
        AddNote(observation, symptom.NeedsClinician ? "The CHW asks that a clinician looks at this." : null);

        return observation;
    }

    private static CodeableConcept Code(Symptom symptom)
    {
        var known = CodeTables.Symptoms[symptom.Kind];
        var code = new CodeableConcept { Text = known.Text };
        if (symptom.Score is not null && known.Score is { } score)
            code.Coding.Add(new Coding(score.System, score.Code, score.Display));
        code.Coding.Add(new Coding(Canonicals.Symptoms, Words.Of(symptom.Kind), known.Text));

        return code;
    }

    private static DataType Value(Symptom symptom)
    {
        if (symptom.Score is { } score)
            return Concepts.Score(score);

        return symptom.Text is { } text ? new FhirString(text) : Concepts.Text("Reported, without a score");
    }

    private static void AddScore(Observation observation, string code, string display, int? score)
    {
        if (score is { } value)
            observation.Component.Add(new Observation.ComponentComponent { Code = Concepts.Of(Canonicals.Symptoms, code, display), Value = Concepts.Score(value) });
    }

    private static void AddNote(Observation observation, string? text)
    {
        if (text is not null)
            observation.Note.Add(Concepts.Note(text));
    }
}
