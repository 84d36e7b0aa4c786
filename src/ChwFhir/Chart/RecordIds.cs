using System.Globalization;

namespace ChwFhir.Chart;

/// <summary>
/// FHIR ids of what this service holds: the service's own number of the note (or <c>m</c> and that of the message) and, behind it, the UUID of the part; what was handed
/// in itself (the note's document, a completed screening) goes by the number alone, so that its id is known when it is taken. Nothing of a caller's id or of a patient is in them.
/// </summary>
public static class RecordIds
{
    internal const string Urn = "urn:uuid:";
    private const char Message = 'm';

    public static string OfInput(long note) => note.ToString(CultureInfo.InvariantCulture);

    internal static string OfPart(long note, string fullUrl) => $"{OfInput(note)}-{Uuid(fullUrl)}";

    internal static string OfMessage(string number, string fullUrl) => $"{Message}{number}-{Uuid(fullUrl)}";

    /// <summary>Whether one id names what another does: a part is the same by whichever of the notes that tell it one came to it.</summary>
    public static bool AreSame(string one, string other) => one == other || (Part(one) is { } part && part == Part(other));

    /// <summary>It names a message, or an answer to one.</summary>
    public static bool IsOfMessage(string id) => id.StartsWith(Message);

    /// <summary>The number that it begins with, as text: ids with the same one are of the same note or message.</summary>
    public static string NumberOf(string id) => id.Split('-', 2)[0];

    /// <summary><c>urn:uuid:…</c> of the part; null for what was handed in itself.</summary>
    internal static string? FullUrl(string id) => Part(id) is { } part ? Urn + part : null;

    internal static bool TryRead(string id, out long number, out bool isMessage)
    {
        isMessage = id.StartsWith(Message);
        var end = id.IndexOf('-', StringComparison.Ordinal);
        return long.TryParse(id.AsSpan(isMessage ? 1 : 0, (end < 0 ? id.Length : end) - (isMessage ? 1 : 0)), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && (end < 0 || Guid.TryParseExact(id.AsSpan(end + 1), "D", out _));
    }

    private static string? Part(string id) => id.IndexOf('-', StringComparison.Ordinal) is var end and >= 0 ? id[(end + 1)..] : null;

    private static string Uuid(string fullUrl) => fullUrl.StartsWith(Urn, StringComparison.Ordinal) ? fullUrl[Urn.Length..] : throw new ArgumentException("not a urn:uuid", nameof(fullUrl));
}
