namespace ChwFhir.Intake;

public enum ParticipantRole { Other, Caregiver, Family, Interpreter, Clinician, Chw }
