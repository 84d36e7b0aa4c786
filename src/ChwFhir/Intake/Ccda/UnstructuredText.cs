using System.Text;

namespace ChwFhir.Intake.Ccda;

/// <summary>The words of a body that is a text document.</summary>
internal static class UnstructuredText
{
    public static bool IsText(string mediaType) => mediaType is "text/plain";

    public static string? Read(string mediaType, byte[] bytes) => Lines(Encoding.UTF8.GetString(bytes));

    private static string Lines(string text)
    {
        var lines = new StringBuilder(text.Length);
        var blank = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var words = line.TrimEnd();
            if (words.IsEmpty)
            {
                blank++;
                continue;
            }
            if (lines.Length > 0)
                lines.Append(blank > 0 ? "\n\n" : "\n");
            blank = 0;
            lines.Append(words);
        }
        return lines.ToString();
    }
}
