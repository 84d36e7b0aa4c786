using System.Text;

namespace ChwFhir.Intake.Ccda;

/// <summary>Text that comes in pieces (comments and CDATA part it): one string in the usual case. What no one could read as a field's value is cut: attachments within an entry.</summary>
internal struct TextPieces
{
    private const int Most = 64 * 1024;

    private string? only;
    private StringBuilder? more;

    public readonly string? Text => more?.ToString() ?? only;

    public void Add(ReadOnlySpan<char> piece)
    {
        if (only is null)
        {
            only = piece.ToString();
            return;
        }
        more ??= new StringBuilder(only);
        if (more.Length < Most)
            more.Append(piece);
    }
}
