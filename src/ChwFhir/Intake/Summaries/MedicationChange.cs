namespace ChwFhir.Intake.Summaries;

public enum MedicationChange { Started, Changed, Stopped, Continued }
