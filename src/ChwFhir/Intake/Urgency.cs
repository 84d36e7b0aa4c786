namespace ChwFhir.Intake;

public enum Urgency { Routine, Urgent, Asap, Stat }
