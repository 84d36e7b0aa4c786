namespace ChwFhir.Intake;

public enum WordsOf { Patient, Caregiver, Chw, Clinician }
