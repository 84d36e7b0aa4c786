namespace ChwFhir.Intake;

public enum NotTakingReason { Cost, NotFilled, SideEffect, Unsure, Other }
