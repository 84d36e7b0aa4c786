namespace ChwFhir.Intake;

public enum HoldReason { Danger, PatientAsked, ToldInConfidence }
