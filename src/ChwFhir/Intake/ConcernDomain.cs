namespace ChwFhir.Intake;

public enum ConcernDomain
{
    FoodInsecurity, HousingInstability, Homelessness, InadequateHousing, TransportationInsecurity, UtilityInsecurity, FinancialInsecurity,
    MaterialHardship, EmploymentStatus, EducationalAttainment, HealthLiteracy, DigitalLiteracy, DigitalAccess, LanguageAccess, SocialConnection,
    Stress, IntimatePartnerViolence, ElderAbuse, VeteranStatus, IncarcerationStatus, MedicalCostBurden, MedicationAccess,
    HealthInsuranceCoverageStatus, Benefits, Legal, ChildCare, PersonalHealth, CaregiverStrain, Grief, Spiritual, Other,
}
