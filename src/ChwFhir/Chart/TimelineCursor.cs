using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChwFhir.Chart;

/// <summary>Where a page of a timeline ended: a time, and which of the things of that time was the last. Nothing of the patient is in it.</summary>
internal static class TimelineCursor
{
    public static string Of(TimelineItem last) => $"{last.When.UtcTicks.ToString(CultureInfo.InvariantCulture)}.{Mark(last)}";

    public static bool TryRead(string? text, out (long Ticks, string Mark) place)
    {
        place = default;
        if (text?.Split('.') is not [var ticks, { Length: 22 } mark] || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return false;
        place = (at, mark);
        return true;
    }

    /// <summary>The things after it, where they stand newest first.</summary>
    public static IEnumerable<TimelineItem> After(IReadOnlyList<TimelineItem> items, (long Ticks, string Mark) place)
    {
        var at = items.TakeWhile(item => item.When.UtcTicks > place.Ticks).Count();
        var same = items.Skip(at).TakeWhile(item => item.When.UtcTicks == place.Ticks).Select(Mark).ToList().IndexOf(place.Mark);
        // What stood there may have gone in between; then its time says where to go on.
        return items.Skip(same >= 0 ? at + same + 1 : at).SkipWhile(item => same < 0 && item.When.UtcTicks >= place.Ticks);
    }

    private static string Mark(TimelineItem item) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(item.Order)).AsSpan(0, 16));
}
