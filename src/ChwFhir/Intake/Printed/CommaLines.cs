using System.Text.RegularExpressions;

namespace ChwFhir.Intake.Printed;

/// <summary>
/// Text of which somebody's export made every line break a comma (<c>ALLERGIES: ,None.,PLAN: ,Rest.</c>), or put all headings on one line: broken into lines again.
/// </summary>
internal static partial class CommaLines
{
    /// <summary>Lines shorter than this are left as they are.</summary>
    public const int Long = 200;

    public static string Break(string line)
    {
        if (line.Length < Long)
            return line;

        if (LostBreak().Count(line) >= 2)
            line = LostBreak().Replace(line, lost => lost.Groups["end"].Value + "\n");
        return HeadingInside().Count(line) >= 2 ? HeadingInside().Replace(line, heading => KnownOrLong(heading) ? heading.Groups["end"].Value + "\n" + heading.Groups["title"].Value + ":" : heading.Value) : line;
    }

    private static bool KnownOrLong(Match heading) => HeadingWords.Exactly(heading.Groups["title"].ValueSpan) is not null;

    /// <summary>A comma directly behind the end of a sentence, or between a heading's colon and its text.</summary>
    [GeneratedRegex(@"(?<end>[.!?;)])[ \t]*,(?=\S)|(?<end>:)[ \t]*,[ \t]*(?=\S)|(?<end>\w)[ \t]*,(?=[A-Z][A-Z /&'-]{3,50}:|\d{1,2}\.\s+[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex LostBreak();

    [GeneratedRegex(@"(?<end>[.!?])[ \t]+(?<title>[A-Z][A-Z /&'-]{3,50}):", RegexOptions.CultureInvariant)]
    private static partial Regex HeadingInside();
}
