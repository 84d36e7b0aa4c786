namespace ChwFhir.Intake.Summaries;

/// <param name="Start">FHIR date or dateTime, partial; null when the text gives no date that can be read.</param>
/// <param name="Kind">What is planned.</param>
public sealed record SummaryFollowUp(string Text, string? With = null, string? Start = null, string? Phone = null, FollowUpKind Kind = FollowUpKind.Appointment);
