namespace ChwFhir.Intake;

public enum Taking { Yes, No, Sometimes }
