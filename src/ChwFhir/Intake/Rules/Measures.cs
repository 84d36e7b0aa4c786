using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>A blood pressure is two numbers, every other measurement is one; where there is none, words say why.</summary>
internal static class Measures
{
    public static void Check(VisitNote note, Trail trail)
    {
        foreach (var (pointer, vital) in NoteRules.Each("/vitals", note.Vitals))
        {
            if (vital.Kind == VitalKind.BloodPressure)
                BloodPressure(vital, pointer, trail);
            else
                OneNumber(vital, pointer, trail);
        }
    }

    private static void BloodPressure(Vital vital, NoteRules.Place pointer, Trail trail)
    {
        if (vital.Value is not null)
            trail.FaultAt($"{pointer}/value", "not-for-this-kind", "is not for a blood pressure, which has systolic and diastolic");
        else if (vital is { Systolic: null, Diastolic: null, Text: null } && trail.IsClean($"{pointer}/"))
            trail.FaultAt($"{pointer}/systolic", "required", "is required, or a text that says why there is no number");
    }

    private static void OneNumber(Vital vital, NoteRules.Place pointer, Trail trail)
    {
        if (vital.Systolic is not null)
            trail.FaultAt($"{pointer}/systolic", "not-for-this-kind", "is for a blood pressure only");
        if (vital.Diastolic is not null)
            trail.FaultAt($"{pointer}/diastolic", "not-for-this-kind", "is for a blood pressure only");
        if (vital is { Value: null, Systolic: null, Diastolic: null, Text: null } && trail.IsClean($"{pointer}/"))
            trail.FaultAt($"{pointer}/value", "required", "is required, or a text that says why there is no number");
    }
}
