namespace ChwFhir.Intake.Printed;

/// <summary>One piece of a printed page, whatever it was written in.</summary>
/// <param name="Text">Of a paragraph with its line breaks; of a heading and an item one line.</param>
/// <param name="Level">Of a heading: 1 to 6 where markup says it, <see cref="ByItsLook"/> where only its look does, <see cref="Weak"/> for a lead that may head a part. Of an item its depth from 0.</param>
/// <param name="Marker">Of an item: its number as printed (<c>2.</c>), else <c>-</c>.</param>
internal sealed record Block(BlockKind Kind, string Text, int Level = 0, string Marker = "-", IReadOnlyList<string>? Cells = null, bool IsHeaderRow = false)
{
    public const int ByItsLook = 0;
    public const int Weak = -1;
}
