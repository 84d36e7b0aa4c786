namespace ChwFhir.Chart;


/// <param name="Kind"><c>admission</c>, <c>emergency</c>, <c>observation</c>.</param>
/// <param name="End">Null while it lasts, or when the chart does not say.</param>
/// <param name="To">Where they were sent afterwards.</param>
public sealed record HospitalStay(string Kind, string? Start, string? End, string? Status, string? Text, string? Reason, string? Where, string? To, FactSource Source);
