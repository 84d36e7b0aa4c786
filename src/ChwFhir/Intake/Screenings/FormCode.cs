namespace ChwFhir.Intake.Screenings;

internal sealed record FormCode(string System, string Code, string? Display);
