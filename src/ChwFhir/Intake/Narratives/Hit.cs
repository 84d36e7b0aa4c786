namespace ChwFhir.Intake.Narratives;

/// <summary>Words of a text that a line of the lexicon describes.</summary>
/// <param name="To">Behind the last word.</param>
internal readonly record struct Hit(LexiconRule Rule, int From, int To)
{
    internal int Length => To - From;

    internal bool IsIn(Hit other) => From >= other.From && To <= other.To;

    internal bool Overlaps(Hit other) => From < other.To && other.From < To;
}
