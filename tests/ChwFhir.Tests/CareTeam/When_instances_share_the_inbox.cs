using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

public sealed class When_instances_share_the_inbox
{
    [Test]
    public async Task Of_several_instances_one_climbs_and_one_tells()
    {
        await using var team = await TheTeam.OpenAsync(StorageOptions.Postgres, ("CareTeam:Notify:Webhook", "https://hooks.example/told"), ("CareTeam:OnCall", "palliative-care"));
        await team.TellAsync("stat");
        await team.WorkAsync();
        await using var second = team.Another();
        await using var third = team.Another();
        team.Clock.Advance(TimeSpan.FromMinutes(15));

        await Task.WhenAll(team.WorkAsync(), team.WorkAsync(second), team.WorkAsync(third));
        await team.WorkAsync();

        Assert.That((await team.MessageAsync()).Rung, Is.EqualTo(1));
        Assert.That(team.Told.Select(told => told.For), Is.EqualTo(new[] { "nurse", "palliative-care" }));
    }
}
