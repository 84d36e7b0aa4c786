using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>What sections with a LOINC code become (C-CDA's and the IPS's).</summary>
internal static class SectionCodes
{
    public static HeadingKind? Kind(string? loinc) => loinc switch
    {
        "69730-0" or "8653-8" or "18776-5" or "61144-2" or "62387-6" => new HeadingKind(SectionBecomes.Instruction),
        "10160-0" or "10183-2" or "75311-1" or "29549-3" => new HeadingKind(SectionBecomes.Medicine),
        "61146-7" => new HeadingKind(SectionBecomes.Goal),
        "75310-3" => new HeadingKind(SectionBecomes.Concern),
        "11450-4" or "11535-2" or "46241-6" or "29308-4" => new HeadingKind(SectionBecomes.Diagnosis),
        "29299-5" or "10154-3" or "46239-0" => new HeadingKind(SectionBecomes.Reason),
        _ => null,
    };
}
