namespace ChwFhir.Intake.Printed;

/// <summary>A printed line without the white space around it.</summary>
/// <param name="Indent">Columns before its first character.</param>
/// <param name="IsBold">All of it is set bold.</param>
internal readonly record struct Line(string Text, int Indent = 0, bool IsBold = false)
{
    public bool IsBlank => Text.Length == 0;

    public static Line Of(string raw)
    {
        var indent = 0;
        foreach (var character in raw)
        {
            if (character == ' ')
                indent++;
            else if (character == '\t')
                indent += 4;
            else
                break;
        }

        return new Line(raw.Trim(' ', '\t', '\n'), indent);
    }
}
