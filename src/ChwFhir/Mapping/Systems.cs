namespace ChwFhir.Mapping;

/// <summary>Code systems and profiles of others.</summary>
internal static class Systems
{
    internal const string Loinc = "http://loinc.org";
    internal const string Snomed = "http://snomed.info/sct";
    internal const string SnomedUs = "http://snomed.info/sct/731000124108";
    internal const string Icd10 = "http://hl7.org/fhir/sid/icd-10-cm";
    internal const string Ucum = "http://unitsofmeasure.org";
    internal const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    internal const string ParticipationType = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    internal const string ParticipantType = "http://terminology.hl7.org/CodeSystem/participant-type";
    internal const string RoleCode = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    internal const string RoleClass = "http://terminology.hl7.org/CodeSystem/v3-RoleClass";
    internal const string LocationPhysicalType = "http://terminology.hl7.org/CodeSystem/location-physical-type";
    internal const string ConditionClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    internal const string ConditionVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    internal const string GoalAchievement = "http://terminology.hl7.org/CodeSystem/goal-achievement";
    internal const string ObservationCategory = "http://terminology.hl7.org/CodeSystem/observation-category";
    internal const string CommunicationCategory = "http://terminology.hl7.org/CodeSystem/communication-category";
    internal const string DataAbsentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    internal const string ProvenanceParticipant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    internal const string DataOperation = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    internal const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    internal const string NullFlavor = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor";
    internal const string TaskCode = "http://hl7.org/fhir/CodeSystem/task-code";
    internal const string UsCoreConditionCategory = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
    internal const string UsCoreCategory = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";
    internal const string UsCoreDocumentCategory = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";
    internal const string UsCoreCarePlanCategory = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category";
    internal const string Sdohcc = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes";
    internal const string SdohccReferralTask = "http://hl7.org/fhir/us/sdoh-clinicalcare/StructureDefinition/SDOHCC-TaskForReferralManagement";
    internal const string DataAbsentExtension = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    internal const string Interpretation = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    internal static string UsCore(string profile) => $"http://hl7.org/fhir/us/core/StructureDefinition/{profile}";
}
