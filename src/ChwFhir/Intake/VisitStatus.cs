namespace ChwFhir.Intake;

public enum VisitStatus { Completed, EndedEarly, NotHome, Declined, InHospital, Moved, Unsafe, Died, Cancelled, Planned }
