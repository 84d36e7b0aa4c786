namespace ChwFhir.Intake.Screenings;

internal sealed record FormGroup(string LinkId, string Text);
