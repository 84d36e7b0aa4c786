using System.Globalization;

namespace ChwFhir.Queue;

/// <summary>Place in a list of messages: behind this one.</summary>
public static class MessageCursor
{
    internal static string After(StoredMessage message) => string.Create(CultureInfo.InvariantCulture, $"{message.DueAt.ToUnixTimeMilliseconds()}-{message.Number}");

    public static bool TryRead(string? text, out long dueAt, out long number)
    {
        (dueAt, number) = (0, 0);
        return text?.Split('-') is [var due, var last]
            && long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out dueAt) && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
