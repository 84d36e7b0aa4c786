namespace ChwFhir.Intake;

public enum DirectiveStatus { Completed, InProgress, None, Unknown }
