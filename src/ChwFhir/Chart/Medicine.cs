namespace ChwFhir.Chart;


/// <param name="Text">The chart's words, with the strength.</param>
/// <param name="Plain">What such a medicine is usually for; null where this service does not know.</param>
/// <param name="How">How to take it, as the prescription says.</param>
/// <param name="Status">FHIR's status.</param>
public sealed record Medicine(string Text, InPlainWords? Plain, string? How, string? Status, string? Since, string? Until, string? By, string? For, FactSource Source);
