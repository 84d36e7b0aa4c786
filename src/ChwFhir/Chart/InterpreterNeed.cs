namespace ChwFhir.Chart;


/// <param name="Needed">Null when the chart was asked and does not know.</param>
/// <param name="Language">Language or mode of the last visit's interpreter, where only that is known.</param>
public sealed record InterpreterNeed(bool? Needed, string? Language, string? Mode, FactSource Source);
