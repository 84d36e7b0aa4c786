namespace ChwFhir.Intake;

/// <summary>Whose word it is. <see cref="Chw"/> is written <c>chw</c> or <c>observed</c>.</summary>
public enum ReportedBy { Patient, Caregiver, Observed, Chw }
