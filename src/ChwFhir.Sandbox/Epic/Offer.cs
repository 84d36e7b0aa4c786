using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Epic;

/// <summary>Three circles, each smaller than the one before: what the statement says for whoever asks, what this client may read, and what it may write (<see cref="NotOffered"/>).</summary>
internal static class Offer
{
    public static readonly string[] Creates = ["AllergyIntolerance", "BodyStructure", "Communication", "ConceptMap", "Condition", "DocumentReference", "Observation", "Patient", "Procedure", "QuestionnaireResponse", "ServiceRequest"];
    public static readonly string[] Updates = ["BodyStructure", "DiagnosticReport", "DocumentReference", "Observation", "Procedure", "ServiceRequest", "Task"];

    // Of the types that the open server keeps, the ones that Epic's R4 does not have.
    private static readonly string[] NotStated =
    [
        "AuditEvent", "Basic", "ClinicalImpression", "CodeSystem", "CommunicationRequest", "Composition", "HealthcareService", "MedicationStatement", "Person", "RiskAssessment", "Schedule", "Slot",
        "StructureDefinition", "SupplyDelivery", "SupplyRequest"
    ];

    private static readonly string[] ReadOnly = ["ConceptMap", "Provenance", "ValueSet"];

    private static readonly string[] OtherClients =
    [
        "BodyStructure", "Claim", "DeviceRequest", "DeviceUseStatement", "Endpoint", "ExplanationOfBenefit", "FamilyMemberHistory", "Group", "ImagingStudy", "Measure", "MeasureReport", "Media",
        "MedicationAdministration", "MedicationDispense", "NutritionOrder", "Specimen"
    ];

    public static IEnumerable<string> Stated => SearchParameters.Types.Except(NotStated).Append("ConceptMap").Order(StringComparer.Ordinal);

    public static bool IsStated(string type) => type == "ConceptMap" || (SearchParameters.IsType(type) && !NotStated.Contains(type));

    public static bool IsSearched(string type) => !ReadOnly.Contains(type);

    public static bool IsOnThisClient(string type) => type != "ConceptMap" && !OtherClients.Contains(type);
}
