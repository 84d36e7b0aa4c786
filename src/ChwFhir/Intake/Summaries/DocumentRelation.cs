namespace ChwFhir.Intake.Summaries;

public enum DocumentRelation { Replaces, Appends, Transforms }
