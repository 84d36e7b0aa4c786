using System.Text;

namespace ChwFhir.Mapping;

/// <summary>
/// The last line of a written document, by which it is found again where a server keeps no identifier of ours. Whoever looks strips tags and folds white space,
/// so no text of a note may come out as such a line: wherever its words stand in a row, whatever unseen or marked-up stands between them, a dot parts them.
/// </summary>
public static class ReferenceLine
{
    private const string Words = "CHW note ref ";
    private const string Parting = "\u00B7 ";
    private const int MostRounds = 100;

    public static string Of(string noteId, string key) => $"{Words}{noteId}/{key}";

    /// <summary>
    /// Whether a document, as a server gives it back (plain text, HTML or RTF), is the one that ends with this line. Only its last such line counts:
    /// behind it no text of a note stands, whatever a server made of the letters before it.
    /// </summary>
    /// <param name="contentType">As the server says it; null where it does not.</param>
    public static bool IsIn(ReadOnlySpan<byte> content, string? contentType, string noteId, string key) => In(content, contentType) == $"{noteId}/{key}";

    /// <inheritdoc cref="IsIn(ReadOnlySpan{byte}, string?, string, string)"/>
    public static bool IsIn(string rendered, string noteId, string key) => IsIn(Encoding.UTF8.GetBytes(rendered), null, noteId, key);

    /// <summary>The note and key of the line, as <c>noteId/key</c>; null where a document has none.</summary>
    public static string? In(ReadOnlySpan<byte> content, string? contentType)
    {
        var text = RenderedText.Folded(RenderedText.Read(content, contentType));
        var at = text.LastIndexOf(Words, StringComparison.Ordinal);
        if (at < 0)
            return null;

        var said = text.AsSpan(at + Words.Length);
        return said[..(said.IndexOf(' ') is var end and >= 0 ? end : said.Length)].ToString();
    }

    /// <summary>Parts every imitation in text or XHTML, behind a place in it.</summary>
    internal static void Neutralise(RentedText text, int from = 0)
    {
        // A word may begin in several ways at once: what parts one way may leave another.
        for (var round = 0; round < MostRounds && Imitations.In(text.Written[from..]) is { Count: > 0 } imitations; round++)
        {
            var written = text.Written[from..].ToString();
            text.CutAt(from);
            var done = 0;
            foreach (var at in imitations)
            {
                text.Append(written.AsSpan(done, at - done)).Append(Parting);
                done = at;
            }

            text.Append(written.AsSpan(done));
        }
    }
}
