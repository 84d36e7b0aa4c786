using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <param name="Text">What the CHW wrote of it then.</param>
public sealed record ReferralPoint(DateTimeOffset At, string Note, ReferralStatus Status, string? Text);
