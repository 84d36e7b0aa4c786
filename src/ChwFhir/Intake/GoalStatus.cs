namespace ChwFhir.Intake;

public enum GoalStatus { Proposed, Planned, Accepted, Active, OnHold, Completed, Cancelled, EnteredInError, Rejected }
