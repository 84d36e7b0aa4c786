namespace ChwFhir.Intake.Narratives;

/// <summary>A sentence, or what stands alone on its line.</summary>
/// <param name="From">Its first word.</param>
/// <param name="To">Behind its last word.</param>
internal readonly record struct SentenceRange(int From, int To, bool IsQuestion);
