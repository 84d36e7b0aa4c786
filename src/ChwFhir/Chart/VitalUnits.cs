using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.Chart;

/// <summary>In which unit a vital sign was given, however that was spelt.</summary>
public static class VitalUnits
{
    /// <summary>UCUM, the kind's own where none was given; null where nobody knows the spelling.</summary>
    public static string? Of(Vital vital) => CodeTables.Vitals[vital.Kind].UnitOf(vital.Value ?? vital.Systolic ?? vital.Diastolic, vital.Unit);
}
