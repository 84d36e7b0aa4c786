using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>What came of reading a document's text.</summary>
internal abstract record LineReading
{
    private LineReading() { }

    /// <param name="Line"><c>note id/key</c>; null: no document of ours.</param>
    /// <param name="Head">Letters and figures that it begins with, where it has such a line: a copy in somebody else's note begins with their words.</param>
    public sealed record Read(string? Line, string? Head = null) : LineReading
    {
        private const int HeadLength = 200;
        private const int OpeningLength = 40;

        public static Read Of(ReadOnlySpan<byte> content, string? contentType) =>
            ReferenceLine.In(content, contentType) is { } line ? new Read(line, Plain(content, contentType, HeadLength)) : new Read(null, null);

        /// <summary>What a text of ours begins with, whatever a server makes of its signs.</summary>
        public static string Opening(ReadOnlySpan<byte> content, string? contentType) => Plain(content, contentType, OpeningLength);

        private static string Plain(ReadOnlySpan<byte> content, string? contentType, int most) =>
            string.Concat(RenderedText.Folded(RenderedText.Read(content, contentType)).Where(char.IsAsciiLetterOrDigit).Take(most));
    }

    /// <summary>The EHR does not give its text away: nobody can say whether it is ours.</summary>
    public sealed record NotReadable : LineReading;

    public sealed record NoAnswer : LineReading;
}
