using System.Globalization;

namespace ChwFhir.Queue;

/// <summary>The place after one note in a list, newest first: its receipt and number, so that new notes shift nothing.</summary>
public static class NoteCursor
{
    public static string After(StoredNote note) => string.Create(CultureInfo.InvariantCulture, $"{note.ReceivedAt.Milliseconds()}.{note.Number}");

    public static bool TryRead(string? cursor, out long receivedAt, out long number)
    {
        receivedAt = number = 0;
        var dot = cursor?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out receivedAt)
            && long.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
