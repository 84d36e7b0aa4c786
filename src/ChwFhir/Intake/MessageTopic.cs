namespace ChwFhir.Intake;

public enum MessageTopic { SymptomReport, SocialNeed, MedicationQuestion, Appointment, AdvanceCarePlanning, Caregiver, Safety, Update, Other }
