using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>The problems that are in force, each once: the problem list first, then social needs and what visits were for.</summary>
internal static class ProblemReader
{
    private const string UsCoreCategory = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";
    private static readonly string[] Order = ["problem", "need", "visit-diagnosis"];

    public static IReadOnlyList<Problem> Read(IReadOnlyList<Condition> conditions, PlainWords plain) =>
    [
        .. conditions.Where(IsInForce).Where(one => Said.Text(one.Code) is not null)
            .Select(one => Of(one, plain)).NewestFirst(problem => problem.Source.Date).OrderBy(problem => Array.IndexOf(Order, problem.Kind))
            .DistinctBy(problem => problem.Text.ToLowerInvariant()),
    ];

    public static Problem Of(Condition condition, PlainWords plain) => new(
        Said.Text(condition.Code)!, plain.OfProblem(condition.Code), Kind(condition), Said.Code(condition.ClinicalStatus), Certainty(condition), Said.Date(condition.Onset) ?? Said.Clean(condition.RecordedDate),
        Said.Chart(condition, Said.Clean(condition.RecordedDate) ?? Said.Date(condition.Onset)));

    public static bool Stands(Condition condition) => Said.Code(condition.VerificationStatus) is not ("entered-in-error" or "refuted");

    private static bool IsInForce(Condition condition) => Stands(condition) && Said.Code(condition.ClinicalStatus) is null or "active" or "recurrence" or "relapse" && condition.Abatement is null && Stands(condition);

    private static string? Certainty(Condition condition) => Said.Code(condition.VerificationStatus) is { } code && code != "confirmed" ? code : null;

    private static string Kind(Condition condition) =>
        condition.Category.Has(UsCoreCategory, "sdoh") && !IsRiskOfIllness(condition) || IsSocial(condition.Code) ? "need"
        : condition.Category.Any(one => one.Coding.Any(coding => coding.Code == "encounter-diagnosis")) && !condition.Category.Any(one => one.Coding.Any(coding => coding.Code is "problem-list-item" or "health-concern")) ? "visit-diagnosis"
        : "problem";

    // Chapter Z55 to Z65 of ICD-10-CM is what people live with, not what they are ill with.
    private static bool IsSocial(CodeableConcept? code) => code?.Coding.Any(coding => coding.System == "http://hl7.org/fhir/sid/icd-10-cm" && coding.Code is ['Z', >= '5' and <= '6', >= '0' and <= '9', ..] icd && string.CompareOrdinal(icd[..3], "Z55") >= 0 && string.CompareOrdinal(icd[..3], "Z65") <= 0) is true;

    // Some sites mark every Z code as social.
    private static bool IsRiskOfIllness(Condition condition) => condition.Code?.Coding.Any(coding => coding.System == "http://hl7.org/fhir/sid/icd-10-cm" && coding.Code is { } icd && icd.StartsWith('Z')) is true && !IsSocial(condition.Code);
}
