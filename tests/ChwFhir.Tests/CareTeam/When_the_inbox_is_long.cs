using ChwFhir.CareTeam;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

/// <summary>More is open than a page shows.</summary>
[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_the_inbox_is_long(string provider)
{
    private static readonly TeamCaller Nurse = new("Practitioner/nurse-1", "nurse");
    private TheTeam team = null!;

    [SetUp]
    public async Task Open()
    {
        team = await TheTeam.OpenAsync(provider);
        for (var i = 0; i < 30; i++)
        {
            await team.TellAsync("urgent", $"old-{i}");
            await team.OpenAsync("nurse", "Practitioner/nurse-2", $"old-{i}");
        }
        await team.Desk.TakeAsync(Nurse, $"{(await team.MessageAsync("old-0")).Number}", default);
        team.Clock.Advance(TimeSpan.FromDays(1));
    }

    [TearDown]
    public async Task Close() => await team.DisposeAsync();

    [Test]
    public async Task What_is_stat_this_minute_stands_on_the_first_page()
    {
        await team.TellAsync("routine", "week");
        await team.TellAsync("stat", "now");

        var first = await team.Desk.ListAsync(Nurse, new MessageQuery { Limit = 10 }, default);

        Assert.That(first.Items[0].Note, Is.EqualTo("now"));
    }

    [Test]
    public async Task Nothing_is_lost_between_the_pages_and_what_somebody_has_taken_comes_last()
    {
        await team.TellAsync("stat", "now");
        await team.TellAsync("urgent", "today");

        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await team.Desk.ListAsync(Nurse, new MessageQuery { Limit = 10, Cursor = cursor }, default);
            seen.AddRange(page.Items.Select(message => message.Note));
            cursor = page.Next;
            // What was not late on the first page is late when the next one is asked for.
            team.Clock.Advance(TimeSpan.FromDays(3));
        }
        while (cursor is not null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.Unique.And.Count.EqualTo(32));
            Assert.That(seen[^1], Is.EqualTo("old-0"));
        }
    }
}
