namespace ChwFhir.Intake.Printed;

/// <summary>A heading and what stands below it.</summary>
/// <param name="Kind">What the heading says, or the one above it where this one says nothing; null when neither does.</param>
internal sealed record PrintedSection(string? Title, int Level, HeadingKind? Kind, IReadOnlyList<Block> Blocks)
{
    public bool IsEmpty => Blocks.Count == 0;

    /// <summary>Clean text as <see cref="Summaries.SummarySection.Text"/> promises.</summary>
    public string Text => BlockText.Of(Blocks);
}
