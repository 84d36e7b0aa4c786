namespace ChwFhir.Intake.Summaries;

/// <summary>An appointment to be kept, or something planned that is none (a procedure, a supply).</summary>
public enum FollowUpKind { Appointment, Planned }
