using NUnit.Framework;

namespace ChwFhir.Fhir.Tests;

public sealed class When_dates_are_partial
{
    [TestCase("2026-03", "2026-03-15", DateOrder.Overlaps)]
    [TestCase("2026", "2026-12-31", DateOrder.Overlaps)]
    [TestCase("2026-03", "2026-04", DateOrder.Before)]
    [TestCase("2026-04-01", "2026-03", DateOrder.After)]
    [TestCase("2026-03", "2026-03", DateOrder.Same)]
    [TestCase("2026-03-15", "2026-03-15T23:00:00-05:00", DateOrder.Overlaps)]
    [TestCase("2026-03-15", "2026-03-17T00:00:00Z", DateOrder.Before)]
    [TestCase("2026-03-15", "2026-03-16T11:00:00Z", DateOrder.Overlaps)]
    [TestCase("2026-03-15T10:00:00-05:00", "2026-03-15T15:00:00Z", DateOrder.Same)]
    [TestCase("2026-03-15T10:00:00Z", "2026-03-15T10:00:00.5Z", DateOrder.Overlaps)]
    [TestCase("2026-03-15T10:00:00Z", "2026-03-15T10:00:01Z", DateOrder.Before)]
    [TestCase("2026-03-15T10:00Z", "2026-03-15T10:00:59Z", DateOrder.Overlaps)]
    [TestCase("9999", "9998-12", DateOrder.After)]
    [TestCase("0001", "9999-12-31", DateOrder.Before)]
    public void One_is_before_the_other_only_when_all_of_it_is(string one, string other, DateOrder order)
    {
        Assert.That(PartialDate.TryParse(one, out var left) & PartialDate.TryParse(other, out var right));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(left.Compare(right), Is.EqualTo(order));
            Assert.That(right.Compare(left), Is.EqualTo(order switch { DateOrder.Before => DateOrder.After, DateOrder.After => DateOrder.Before, _ => order }));
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("26")]
    [TestCase("2026-13")]
    [TestCase("2026-02-30")]
    [TestCase("2026-3-1")]
    [TestCase("2026-03-15T10:00:00")]
    [TestCase("2026-03-15 10:00:00Z")]
    [TestCase("2026-03-15T25:00:00Z")]
    [TestCase("2026-03-15T10:00:00.Z")]
    [TestCase("2026-03-15T10:00:00.123456789Z")]
    [TestCase("15.03.2026")]
    public void What_is_no_date_is_none(string? text) => Assert.That(PartialDate.TryParse(text, out _), Is.False);

    [Test]
    public void A_day_without_a_place_is_as_wide_as_the_worlds_clocks()
    {
        PartialDate.TryParse("2026-03-15", out var day);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(day.Earliest, Is.EqualTo(new DateTimeOffset(2026, 3, 14, 10, 0, 0, TimeSpan.Zero)));
            Assert.That(day.Latest, Is.EqualTo(new DateTimeOffset(2026, 3, 16, 12, 0, 0, TimeSpan.Zero)));
        }
    }
}
