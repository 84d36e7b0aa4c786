using ChwFhir.CareTeam;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

internal sealed class When_somebody_is_away
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 15, 0, 0, TimeSpan.Zero);
    private static readonly TeamCaller Paula = new("Practitioner/nurse-1", "nurse");
    private static readonly TeamCaller Pete = new("Practitioner/nurse-2", "nurse");
    private static readonly TeamCaller Sam = new("Practitioner/sw-1", "social-worker");

    [Test]
    public void Whoever_covers_answers_to_what_they_answer_to()
    {
        var cover = CoverRule.Of(Pete, [Away(Paula, Pete)], Now).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cover.Who, Is.EqualTo("Practitioner/nurse-1"));
            Assert.That(cover.Answers, Is.SupersetOf(new[] { "nurse", "Practitioner/nurse-1" }));
            Assert.That(cover.SharesRole, Is.True);
        }
    }

    [TestCase(-60, -1)]
    [TestCase(1, 60)]
    public void Before_they_go_and_after_they_are_back_nobody_covers(int from, int until) =>
        Assert.That(CoverRule.Of(Pete, [Away(Paula, Pete, from, until)], Now), Is.Empty);

    [Test]
    public void A_cover_who_is_away_as_well_hands_on_to_their_own()
    {
        AwayRow[] away = [Away(Paula, Pete), Away(Pete, Sam)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CoverRule.Of(Sam, away, Now).Select(cover => cover.Who), Is.EquivalentTo(new[] { Pete.Self, Paula.Self }));
            Assert.That(CoverRule.CoverOf(Paula.Self, away, Now), Is.EqualTo(Sam.Self));
        }
    }

    [Test]
    public void Two_who_cover_for_each_other_and_are_both_away_are_no_circle_without_end()
    {
        AwayRow[] away = [Away(Paula, Pete), Away(Pete, Paula)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CoverRule.CoverOf(Paula.Self, away, Now), Is.Null);
            Assert.That(CoverRule.Of(Paula, away, Now).Select(cover => cover.Who), Is.EqualTo(new[] { Pete.Self }));
        }
    }

    [Test]
    public void What_is_held_is_not_for_a_cover_of_another_role()
    {
        var pete = Pete with { Covers = CoverRule.Of(Pete, [Away(Paula, Pete)], Now) };
        var sam = Sam with { Covers = CoverRule.Of(Sam, [Away(Paula, Sam)], Now) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That((pete.Reads(Paula.Self, held: false), pete.Reads(Paula.Self, held: true)), Is.EqualTo((true, true)));
            Assert.That((sam.Reads(Paula.Self, held: false), sam.Reads(Paula.Self, held: true)), Is.EqualTo((true, false)));
        }
    }

    private static AwayRow Away(TeamCaller who, TeamCaller cover, int from = -60, int until = 60) => new(1, who.Self, cover.Self, who.Roles, Now.AddMinutes(from), Now.AddMinutes(until));
}
