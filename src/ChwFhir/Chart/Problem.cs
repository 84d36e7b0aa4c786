namespace ChwFhir.Chart;


/// <param name="Text">The chart's words.</param>
/// <param name="Plain">Null where this service has no plain words for it.</param>
/// <param name="Kind"><c>problem</c>, <c>need</c> (a social need), <c>visit-diagnosis</c>.</param>
/// <param name="Status">FHIR's clinical status.</param>
/// <param name="Certainty">FHIR's verification status, where it is not plainly confirmed.</param>
/// <param name="Since">May be partial, or an age in words.</param>
public sealed record Problem(string Text, InPlainWords? Plain, string Kind, string? Status, string? Certainty, string? Since, FactSource Source);
