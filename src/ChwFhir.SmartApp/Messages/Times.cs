using System.Globalization;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.Messages;

/// <summary>Moments of messages as people of one clinic say them: <c>14:02</c> of today, <c>Tue 14 Oct 14:02</c> of another day, by the clock on their wall.</summary>
internal static class Times
{
    public static string Of(DateTimeOffset at, DateTimeOffset now, Wording words)
    {
        var here = at.ToOffset(now.Offset);
        var clock = here.ToString("HH:mm", CultureInfo.InvariantCulture);
        return here.Date == now.Date ? clock : words.Say("time.day", When.Day(here, now, words), clock);
    }

    /// <summary>A date or a moment as FHIR writes it; <c>today</c> where it is.</summary>
    public static string Until(string until, DateTimeOffset now, Wording words)
    {
        if (until.Length > 10 && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return Of(moment, now, words);
        if (until == now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            return words["by.today-word"];
        return until == now.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ? words["by.tomorrow-word"] : When.Of(until, now, words);
    }
}
