namespace ChwFhir.Intake;

public sealed record PersonIdentifier(string System, string Value);
