namespace ChwFhir.Chart;


/// <param name="When"><c>last</c> or <c>next</c>.</param>
/// <param name="Status">FHIR's: <c>booked</c>, <c>fulfilled</c>, <c>noshow</c>, <c>cancelled</c>, …</param>
/// <param name="Instructions">What the patient was told to do for it.</param>
public sealed record AppointmentFact(string When, string? Start, string? Text, string? With, string? Where, string? Status, string? Instructions, FactSource Source);
