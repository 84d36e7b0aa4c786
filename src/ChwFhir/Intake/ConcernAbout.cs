namespace ChwFhir.Intake;

public enum ConcernAbout { Patient, Caregiver }
