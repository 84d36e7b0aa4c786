using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>A narrative (<c>div</c>) as blocks and as clean text.</summary>
internal static class Narratives
{
    public static IReadOnlyList<Block> Blocks(string div) => HtmlBlocks.Of(CleanText.Of(div, out _), out _)?.Blocks
        ?? [new Block(BlockKind.Paragraph, "[This part is longer than is read here: it stands in the original.]")];

    public static string Text(string div) => BlockText.Of(Blocks(div));
}
