namespace ChwFhir.Intake.Narratives;

/// <summary>A file of the lexicon that is not as its README says; the message names the line.</summary>
public sealed class LexiconException(string file, int line, string what) : Exception($"{file}, line {line}: {what}");
