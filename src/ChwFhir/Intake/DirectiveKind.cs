namespace ChwFhir.Intake;

public enum DirectiveKind { HealthcareProxy, LivingWill, Polst, Dnr, FiveWishes, Other }
