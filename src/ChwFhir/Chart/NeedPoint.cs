using ChwFhir.Intake;

namespace ChwFhir.Chart;

public sealed record NeedPoint(DateTimeOffset At, string Note, ConditionClinical Status);
