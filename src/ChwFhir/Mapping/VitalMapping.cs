using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A vital sign: Observation by US Core, in UCUM units, digits as written.</summary>
internal static class VitalMapping
{
    internal static void Map(Draft draft)
    {
        foreach (var vital in draft.Note.Vitals)
            draft.Add(draft.TakeKey($"vital/{Words.Of(vital.Kind)}"), Observation(draft, vital));
    }

    private static Observation Observation(Draft draft, Vital vital)
    {
        var known = CodeTables.Vitals[vital.Kind];
        var unit = known.UnitOf(vital.Value ?? vital.Systolic ?? vital.Diastolic, vital.Unit);
        var observation = new Observation
        {
            Meta = Concepts.Profile(unit is null ? "us-core-simple-observation" : known.Profile ?? "us-core-simple-observation"),
            Status = ObservationStatus.Final,
            Code = Code(known),
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            Effective = FhirTime.Effective(vital.Date, draft.Started),
        };
        observation.Category.Add(known.Profile is null ? Concepts.Of(Systems.ObservationCategory, "survey", "Survey") : Concepts.Of(Systems.ObservationCategory, "vital-signs", "Vital Signs"));
        if (People.Reporter(draft, vital.ReportedBy) is { } reporter)
            observation.Performer.Add(reporter);
        if (vital.Text is { } text)
            observation.Note.Add(Concepts.Note(text));

        if (known.Parts is { } parts)
        {
            observation.Component.Add(Part(parts["systolic"], vital.Systolic, unit, vital.Unit));
            observation.Component.Add(Part(parts["diastolic"], vital.Diastolic, unit, vital.Unit));
            return observation;
        }

        if (vital.Value is { } value)
            observation.Value = Quantity(value, unit, vital.Unit);
        else
            observation.DataAbsentReason = Concepts.DataAbsent("as-text");

        return observation;
    }

    private static CodeableConcept Code(VitalCode known)
    {
        var code = new CodeableConcept { Text = known.Text };
        foreach (var entry in known.Codes ?? [])
            code.Coding.Add(new Coding(Systems.Loinc, entry.Code, entry.Display));

        return code;
    }

    private static Observation.ComponentComponent Part(CodeEntry code, decimal? value, string? unit, string? given) => new()
    {
        Code = Concepts.Of(Systems.Loinc, code.Code!, code.Display),
        Value = value is { } number ? Quantity(number, unit, given) : null,
        DataAbsentReason = value is null ? Concepts.DataAbsent("unknown") : null,
    };

    /// <summary>A unit that is not known stays as the word it came as.</summary>
    private static Quantity Quantity(decimal value, string? unit, string? given) =>
        unit is null ? new Quantity { Value = value, Unit = given } : new Quantity { Value = value, Unit = unit, System = Systems.Ucum, Code = unit };
}
