namespace ChwFhir.Chart;


/// <param name="Kind"><c>healthcare-proxy</c>, <c>living-will</c>, <c>polst</c>, <c>dnr</c>, <c>five-wishes</c>, <c>advance-care-plan</c>, <c>code-status</c>, <c>organ-donation</c>, <c>other</c>.</param>
/// <param name="Status">As it was said: <c>current</c>, <c>active</c>, <c>completed</c>, <c>in-progress</c>, …</param>
/// <param name="Where">Where the paper is, or which document of the chart it is.</param>
/// <param name="Reviewed">When somebody last looked at it.</param>
public sealed record AdvanceDirectiveFact(string Kind, string? Text, string? Status, string? Where, string? Date, string? Reviewed, bool? Seen, FactSource Source);
