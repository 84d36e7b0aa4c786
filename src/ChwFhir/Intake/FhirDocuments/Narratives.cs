using ChwFhir.Intake.Printed;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>A narrative (<c>div</c>) as blocks and as clean text.</summary>
internal static class Narratives
{
    public static IReadOnlyList<Block> Blocks(string div) => HtmlBlocks.Of(CleanText.Of(div, out _), out _)?.Blocks ?? [];

    public static string Text(string div) => BlockText.Of(Blocks(div));
}
