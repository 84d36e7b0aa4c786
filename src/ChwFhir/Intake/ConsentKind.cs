namespace ChwFhir.Intake;

public enum ConsentKind { Chi, Pin, Programme, ShareWithCaregiver }
