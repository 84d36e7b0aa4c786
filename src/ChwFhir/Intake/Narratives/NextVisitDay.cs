using System.Globalization;

namespace ChwFhir.Intake.Narratives;

/// <summary>
/// The day on which the CHW comes again, as a sentence says it: 11/17, November 17, "17 de noviembre", Tuesday, tomorrow, in three days. What is not sure is none: two days, a weekday that the date does not fall on,
/// "next Tuesday" while this week still has one, 3/4 in Spanish. The time of day stays in the words: nobody says its zone.
/// </summary>
internal static class NextVisitDay
{
    private const int Ahead = 400;
    private const int AheadWithoutYear = 300;
    private const int MostWeeks = 26;

    private static readonly string[] Months = [.. Enumerable.Range(1, 12).Select(month => string.Create(CultureInfo.InvariantCulture, $"month-{month}"))];
    private static readonly string[] Weekdays = [.. Enumerable.Range(1, 7).Select(day => string.Create(CultureInfo.InvariantCulture, $"weekday-{day}"))];
    private static readonly string[] Counts = [.. Enumerable.Range(1, 6).Select(count => string.Create(CultureInfo.InvariantCulture, $"count-{count}"))];

    /// <summary>The lists of the lexicon that it reads.</summary>
    internal static IEnumerable<string> Named => [.. Months, .. Weekdays, .. Counts];

    /// <param name="said">The words that speak of the visit; null when their heading does.</param>
    internal static DateOnly? Of(NarrativeWords words, SentenceRange range, Hit? said, Lexicon lexicon, DateOnly? visit)
    {
        if (visit is not { } today || Says(words, range, lexicon.Lists["not-dates"]))
            return null;
        HashSet<DateOnly> days = [];
        HashSet<DayOfWeek> weekdays = [];
        var (isNext, isUnsure) = (false, false);
        for (var at = said?.From ?? range.From; at < range.To; at++)
        {
            if (Date(words, at, range, lexicon, today) is { } date)
            {
                isUnsure |= date.Day is null;
                if (date.Day is { } day)
                    days.Add(day);
                at += date.Words - 1;
                continue;
            }

            for (var day = 0; day < Weekdays.Length; day++)
            {
                if (!words.Is(at, lexicon.Lists[Weekdays[day]]))
                    continue;
                weekdays.Add((DayOfWeek)((day + 1) % 7));
                isNext |= at > range.From && words.Is(at - 1, lexicon.Lists["next"]);
            }
        }

        if (isUnsure || days.Count > 1 || weekdays.Count > 1)
            return null;
        if (days.Count == 1)
            return days.Single() is var sure && sure > today && sure.DayNumber - today.DayNumber <= Ahead && (weekdays.Count == 0 || weekdays.Contains(sure.DayOfWeek)) ? sure : null;
        return weekdays.Count == 1 ? Coming(today, weekdays.Single(), isNext) : null;
    }

    private static DateOnly? Coming(DateOnly today, DayOfWeek weekday, bool isNext)
    {
        var days = ((int)weekday - (int)today.DayOfWeek + 7) % 7 is var ahead && ahead == 0 ? 7 : ahead;
        var restOfWeek = (7 - (int)today.DayOfWeek) % 7;
        return isNext && days <= restOfWeek ? null : today.AddDays(days);
    }

    // A date that begins at this word, how many words it takes; without a day when it is one and not sure which.
    private static (DateOnly? Day, int Words)? Date(NarrativeWords words, int at, SentenceRange range, Lexicon lexicon, DateOnly today)
    {
        if (words.Is(at, lexicon.Lists["tomorrow"]) && (at == range.From || !words.Is(at - 1, lexicon.Lists["not-tomorrow"])))
            return (today.AddDays(1), 1);
        if (words.Is(at, lexicon.Lists["in"]) && at + 2 < range.To && Count(words, at + 1, lexicon) is { } count)
            return words.Is(at + 2, lexicon.Lists["days"]) ? (today.AddDays(Math.Min(count, Ahead)), 3) : words.Is(at + 2, lexicon.Lists["weeks"]) && count <= MostWeeks ? (today.AddDays(7 * count), 3) : null;
        if (Month(words, at, lexicon) is { } named && at + 1 < range.To && DayOf(words, at + 1) is { } first)
            return Whole(words, at + 1, range, today, named, first) is var (day, more) ? (day, 2 + more) : null;
        if (DayOf(words, at) is { } number && Behind(words, at, range, lexicon) is var month && month < range.To && Month(words, month, lexicon) is { } name)
            return Whole(words, month, range, today, name, number) is var (day, more) ? (day, month - at + 1 + more) : null;
        return Figures(words, at, range, lexicon, today);
    }

    // 2026-11-17, 11/17, 11/17/26, 17/11.
    private static (DateOnly? Day, int Words)? Figures(NarrativeWords words, int at, SentenceRange range, Lexicon lexicon, DateOnly today)
    {
        var (one, two, three) = (words[at].Number, Follows(words, at, range), Follows(words, at + 1, range));
        if (one < 0 || two is not { } next)
            return null;
        if (next.Mark == '-')
            return one > 2000 && three is { Mark: '-' } last ? (Day(one, next.Number, last.Number), 3) : null;
        if (next.Mark != '/' || (next.Number == 10 && three is null && (at == range.From || !words.Is(at - 1, lexicon.Lists["date-before"]))))
            return null;
        var length = three is { Mark: '/' } ? 3 : 2;
        var year = three is { Mark: '/' } given ? given.Number < 100 ? 2000 + given.Number : given.Number : (int?)null;
        var (month, day) = one > 12 ? (next.Number, one) : (one, next.Number);
        if (month > 12 || day is 0 or > 31 || month == 0)
            return null;
        if (one <= 12 && next.Number <= 12 && one != next.Number && Says(words, range, lexicon.Lists["day-first"]))
            return (null, length);
        return (year is { } sure ? Day(sure, month, day) : Next(today, month, day), length);
    }

    private static (DateOnly? Day, int More) Whole(NarrativeWords words, int last, SentenceRange range, DateOnly today, int month, int day)
    {
        for (var year = last + 1; year < Math.Min(range.To, last + 3); year++)
            if (words[year].Number is > 2000 and < 2200)
                return (Day(words[year].Number, month, day), year - last);
        return (Next(today, month, day), 0);
    }

    private static DateOnly? Next(DateOnly today, int month, int day)
    {
        var next = Day(today.Year, month, day) is { } same && same > today ? same : Day(today.Year + 1, month, day);
        return next is { } sure && sure.DayNumber - today.DayNumber <= AheadWithoutYear ? sure : null;
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is > 2000 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static (int Number, char Mark)? Follows(NarrativeWords words, int at, SentenceRange range) =>
        at + 1 < range.To && words[at + 1].Number >= 0 && words.Between(at, at + 1) is [var mark] ? (words[at + 1].Number, mark) : null;

    private static int Behind(NarrativeWords words, int at, SentenceRange range, Lexicon lexicon) => at + 1 < range.To && words.Is(at + 1, lexicon.Lists["day-of"]) ? at + 2 : at + 1;

    private static int? Month(NarrativeWords words, int at, Lexicon lexicon)
    {
        for (var month = 0; month < Months.Length; month++)
            if (words.Is(at, lexicon.Lists[Months[month]]))
                return month + 1;
        return null;
    }

    private static int? Count(NarrativeWords words, int at, Lexicon lexicon)
    {
        if (words[at].Number > 0)
            return words[at].Number;
        for (var count = 0; count < Counts.Length; count++)
            if (words.Is(at, lexicon.Lists[Counts[count]]))
                return count + 1;
        return null;
    }

    // 17, 17th
    private static int? DayOf(NarrativeWords words, int at)
    {
        if (words[at].Number >= 0)
            return words[at].Number is >= 1 and <= 31 ? words[at].Number : null;
        var word = words.Text.AsSpan(words[at].Start, words[at].End - words[at].Start);
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        return digits is 1 or 2 && word[digits..] is "st" or "nd" or "rd" or "th" && int.TryParse(word[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    private static bool Says(NarrativeWords words, SentenceRange range, int[] list)
    {
        for (var at = range.From; at < range.To; at++)
            if (words.Is(at, list))
                return true;
        return false;
    }
}
