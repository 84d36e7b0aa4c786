namespace ChwFhir.Intake.Summaries;

/// <summary>One part of the document, as its author headed and wrote it.</summary>
/// <param name="Title">Null for text before the first heading.</param>
/// <param name="Code">LOINC code of the section where the document gives one that is known.</param>
/// <param name="Text">Clean text: paragraphs apart by an empty line, list items as <c>- item</c>, table rows as <c>cell | cell</c> under their header row.</param>
/// <param name="Level">1 for a section, 2 for one within it.</param>
public sealed record SummarySection(string? Title, string? Code, string Text, int Level = 1);
