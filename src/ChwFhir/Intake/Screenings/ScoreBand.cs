namespace ChwFhir.Intake.Screenings;

/// <summary>What a score from here on means.</summary>
/// <param name="Interpretation"><c>POS</c> or <c>NEG</c> (HL7 v3 ObservationInterpretation) for a screen; null where the words are all.</param>
internal sealed record ScoreBand(decimal From, string Text, string? Interpretation, FormNeed? Need);
