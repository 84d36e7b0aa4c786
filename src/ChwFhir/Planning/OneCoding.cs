using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>One coding only: the LOINC coding alone, for a visit whose encounter is open. Servers of this kind file a reading into the row of a flowsheet.</summary>
internal static class OneCoding
{
    private const string Loinc = "http://loinc.org";

    // Asks for both of its LOINC codes.
    private const string PulseOximetry = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-pulse-oximetry";

    public static Form Apply(Form form, EhrForms taken, PlanStep? encounter, bool? encounterOpen)
    {
        if (!taken.OneCoding)
            return form;
        if (encounter is not ({ Reference: not null } or { IsSent: true }))
            return form.Not("EHR takes a reading only for an encounter");
        if (encounter is { Will: PlanVerb.UseExisting } && encounterOpen is false)
            return form.Not("EHR takes a reading only while the encounter is open");

        var observation = (Observation)form.Resource;
        IEnumerable<CodeableConcept?> codes = [observation.Code, .. observation.Component.Select(component => component.Code)];
        if (codes.Any(code => code?.Coding.Any(IsLoinc) is not true))
            return form.Not("EHR takes a reading only with a LOINC code");
        if (codes.All(code => code!.Coding.Count == 1))
            return form;

        return form.As(Reduced(observation), "with its LOINC code alone");
    }

    /// <summary>A reading that is updated keeps the form in which it was made.</summary>
    public static Resource Kept(Resource updated, EhrForms taken) => taken.OneCoding && updated is Observation observation ? Reduced(observation) : updated;

    private static Observation Reduced(Observation observation)
    {
        var copy = (Observation)observation.DeepCopy();
        foreach (var code in copy.Component.Select(component => component.Code).Append(copy.Code).OfType<CodeableConcept>().Where(code => code.Coding.Any(IsLoinc)))
            // The first is the most telling one: the mapping puts what others are read for behind it.
            code.Coding = [code.Coding.First(IsLoinc)];
        OwnProfiles.Unclaim(copy, profile => profile == PulseOximetry);
        return copy;
    }

    private static bool IsLoinc(Coding coding) => coding.System == Loinc;
}
