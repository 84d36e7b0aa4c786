namespace ChwFhir.Intake;

public enum AcpDiscussed { Yes, Declined, NotRaised }
