using ChwFhir.CareTeam;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

public sealed class When_the_clocks_change
{
    [TestCase("Mon-Sun 00:00-06:00 America/Chicago", "2026-03-08T00:00:00-06:00", 4, "2026-03-08T05:00:00-05:00", Description = "an hour is missing")]
    [TestCase("Mon-Sun 00:00-06:00 America/Chicago", "2026-11-01T00:00:00-05:00", 4, "2026-11-01T03:00:00-06:00", Description = "an hour comes twice")]
    [TestCase("Mon-Sun 02:00-03:00 America/Chicago", "2026-03-07T23:00:00-06:00", 1, "2026-03-09T03:00:00-05:00", Description = "the hour of that day is skipped")]
    [TestCase("Mon-Sun 02:30-03:10 America/Chicago", "2026-03-07T23:00:00-06:00", 0, "2026-03-09T02:30:00-05:00", Description = "it would open after it closes")]
    [TestCase("Mon-Fri 08:00-17:00 America/Chicago", "2026-03-06T16:00:00-06:00", 4, "2026-03-09T11:00:00-05:00", Description = "over the weekend of the change")]
    [TestCase("Mon-Fri 08:00-17:00 Pacific/Auckland", "2026-11-02T21:00:00+00:00", 4, "2026-11-03T14:00:00+13:00", Description = "another zone than the service's")]
    public void The_hours_that_are_worked_are_counted(string hours, string start, int length, string due)
    {
        var end = WorkingHours.Read(hours)!.After(DateTimeOffset.Parse(start, null), TimeSpan.FromHours(length));

        Assert.That(end, Is.EqualTo(DateTimeOffset.Parse(due, null)));
    }

    [Test]
    public void A_working_day_ends_at_the_same_time_by_the_clock_on_the_wall() => Assert.That(
        WorkingHours.Read("Mon-Fri 08:00-17:00 America/Chicago")!.After(DateTimeOffset.Parse("2026-10-30T10:00:00-05:00", null), TimeSpan.FromDays(2)),
        Is.EqualTo(DateTimeOffset.Parse("2026-11-03T10:00:00-06:00", null)));
}
