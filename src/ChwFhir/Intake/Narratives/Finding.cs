namespace ChwFhir.Intake.Narratives;

/// <summary>Something that a text seems to state.</summary>
/// <param name="Start">Of the sentence, in the text.</param>
/// <param name="Said">For a goal, what is wanted; else null.</param>
/// <param name="NextVisit">The day on which the CHW comes again, where the sentence says one that is sure.</param>
/// <param name="Matched">The words that the rule found.</param>
internal sealed record Finding(RuleKind Kind, string Code, int Start, int Length, int? Score, string? Said, DateOnly? NextVisit, string Matched, string Rule);
