namespace ChwFhir.Intake;

/// <summary>FHIR task-status.</summary>
public enum ReferralStatus { Draft, Requested, Received, Accepted, Rejected, Ready, Cancelled, InProgress, OnHold, Failed, Completed, EnteredInError }
