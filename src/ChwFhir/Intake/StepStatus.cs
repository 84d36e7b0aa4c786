namespace ChwFhir.Intake;

public enum StepStatus { NotStarted, Scheduled, InProgress, OnHold, Completed, Cancelled, Stopped, Unknown, EnteredInError }
