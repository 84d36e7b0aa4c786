namespace ChwFhir.Intake;

/// <summary>Why an input was refused: one per fault, all at once.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901), <c>""</c> for the whole document.</param>
public sealed record NoteFault(string Pointer, string Code, string Detail);
