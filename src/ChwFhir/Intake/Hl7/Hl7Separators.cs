namespace ChwFhir.Intake.Hl7;

/// <summary>The separators that a message declares in MSH-1 and MSH-2.</summary>
internal readonly record struct Hl7Separators(char Field, char Component, char Repetition, char Escape, char Subcomponent)
{
    public static Hl7Separators Usual { get; } = new('|', '^', '~', '\\', '&');

    /// <summary>Of a segment MSH, FHS or BHS; null where it declares none that can be used.</summary>
    public static Hl7Separators? Of(ReadOnlySpan<char> header)
    {
        if (header.Length < 5 || char.IsLetterOrDigit(header[3]) || header[3] is '\r' or '\n' or ' ')
            return null;

        var field = header[3];
        var declared = header[4..];
        var end = declared.IndexOf(field);
        if (end >= 0)
            declared = declared[..end];
        if (declared.Length == 0)
            return null;

        return new Hl7Separators(field, declared[0],
            declared.Length > 1 ? declared[1] : '~',
            declared.Length > 2 ? declared[2] : '\\',
            declared.Length > 3 ? declared[3] : '&');
    }

    /// <summary>As MSH-2 says it.</summary>
    public string Encoding => $"{Component}{Repetition}{Escape}{Subcomponent}";
}
