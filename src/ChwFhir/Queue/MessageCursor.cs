using System.Globalization;

namespace ChwFhir.Queue;

/// <summary>Place in a list of messages: behind this one, in the order of the moment at which the first page was read.</summary>
public static class MessageCursor
{
    internal static string After(StoredMessage message, int press, long asOf) =>
        string.Create(CultureInfo.InvariantCulture, $"{asOf}-{press}-{message.DueAt.ToUnixTimeMilliseconds()}-{message.Number}");

    /// <summary>Whether it is one that a list gave.</summary>
    public static bool IsOne(string? text) => TryRead(text, out _);

    internal static bool TryRead(string? text, out (long AsOf, long Press, long DueAt, long Number) place)
    {
        place = default;
        if (text?.Split('-') is not [var asOf, var press, var due, var number]
            || !Read(asOf, out place.AsOf) || !Read(press, out place.Press) || !Read(due, out place.DueAt) || !Read(number, out place.Number))
            return false;
        return true;

        static bool Read(string digits, out long value) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
