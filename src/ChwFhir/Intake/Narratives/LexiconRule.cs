namespace ChwFhir.Intake.Narratives;

/// <summary>One line of a lexicon.</summary>
/// <param name="Code">Domain, symptom, or what kind of cue.</param>
/// <param name="Reach">Of a cue: how many words.</param>
/// <param name="After">A cue that speaks of what stands before it.</param>
/// <param name="Word">Of words that are heard as another one: that word's number.</param>
/// <param name="Line">As it stands in the file.</param>
internal sealed record LexiconRule(RuleKind Kind, string Code, int Reach, bool After, int Word, string Line, Phrase Phrase);
