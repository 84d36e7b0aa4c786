using System.Globalization;
using ChwFhir.Queue;

namespace ChwFhir.SmartApp.Me;

/// <summary>When somebody is away and who covers, as they fill it in; times are those of the clinic's clock.</summary>
/// <param name="Fault">Key of what is wrong with it; null when it can be taken.</param>
public sealed record AwayForm(string From, string Until, string Cover, string? Fault = null)
{
    public const string Shape = "yyyy-MM-dd'T'HH:mm";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    /// <summary>From now to tomorrow morning, to be changed.</summary>
    public static AwayForm Suggested(DateTimeOffset now) =>
        new(now.ToString(Shape, CultureInfo.InvariantCulture), new DateTimeOffset(now.Date.AddDays(1).AddHours(8), now.Offset).ToString(Shape, CultureInfo.InvariantCulture), "");

    /// <summary>What was filled in, with what is wrong with it. Pure.</summary>
    public static (AwayForm Form, DateTimeOffset From, DateTimeOffset Until) Read(string from, string until, string cover, IReadOnlyList<StaffRow> covers, DateTimeOffset now)
    {
        var (starts, ends) = (Time(from, now.Offset), Time(until, now.Offset));
        var fault = (starts, ends) switch
        {
            (null, _) or (_, null) => "away.no-time",
            ({ } begin, { } end) when end <= begin => "away.backwards",
            (_, { } end) when end <= now => "away.over",
            ({ } begin, { } end) when end - begin > Longest => "away.too-long",
            _ when covers.All(one => one.Self != cover) => "away.no-cover",
            _ => null,
        };
        return (new AwayForm(from, until, cover, fault), starts ?? default, ends ?? default);
    }

    private static DateTimeOffset? Time(string text, TimeSpan offset) =>
        DateTime.TryParseExact(text, [Shape, "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), offset) : null;
}
