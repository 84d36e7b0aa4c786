namespace ChwFhir.Intake;

public enum ConditionClinical { Active, Recurrence, Relapse, Inactive, Remission, Resolved }
