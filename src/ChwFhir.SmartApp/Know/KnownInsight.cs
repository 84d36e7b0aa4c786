using ChwFhir.Chart;
using ChwFhir.Intake;

namespace ChwFhir.SmartApp.Know;

/// <param name="IsWish">It speaks of treatment: what the chart says stands beside it.</param>
public sealed record KnownInsight(ToldVisit Visit, Insight Said, bool IsWish);
