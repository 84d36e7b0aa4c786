using ChwFhir.Access;
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
            Assert.That(cover.HeldAnswers, Is.EqualTo(cover.Answers));
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
            Assert.That((pete.Reads(Message(held: false), Paula.Self), pete.Reads(Message(held: true), Paula.Self)), Is.EqualTo((true, true)));
            Assert.That((sam.Reads(Message(held: false), Paula.Self), sam.Reads(Message(held: true), Paula.Self)), Is.EqualTo((true, false)));
        }
    }

    [Test]
    public void What_is_held_for_one_role_of_a_colleague_is_not_for_a_cover_of_another_of_theirs()
    {
        TeamCaller director = new("Practitioner/md-1", ["clinician", "supervisor"]), clinician = new("Practitioner/pcp-2", "clinician");

        var cover = CoverRule.Of(clinician, [Away(director, clinician)], Now).Single() with { Supervision = Supervision.All };
        var covering = clinician with { Covers = [cover] };

        using var together = Assert.EnterMultipleScope();
        Assert.That((covering.Reads(Message(held: true), "supervisor"), covering.Reads(Message(held: false), "supervisor")), Is.EqualTo((false, true)));
        Assert.That((covering.Reads(Message(held: true), director.Self), covering.Reads(Message(held: true), "pcp")), Is.EqualTo((true, true)));
    }

    [TestCase("chw", "Practitioner/chw-1", true, true, Description = "their own CHW")]
    [TestCase("chw", "Practitioner/chw-2", true, false)]
    [TestCase("chw", "Practitioner/chw-2", false, false)]
    [TestCase("nurse", "Practitioner/nurse-1", false, true, Description = "the team's own, to all supervisors")]
    [TestCase("nurse", "Practitioner/nurse-1", true, false, Description = "of a patient of none of their CHWs")]
    public void A_supervisor_is_the_one_of_the_CHW_who_wrote(string role, string sender, bool held, bool reads)
    {
        var supervisor = new TeamCaller("Practitioner/sup-1", "supervisor")
        {
            Supervision = new Supervision(new ChwSet(false, new HashSet<string> { "Practitioner/chw-1" }, new HashSet<string>()), PatientSet.Of(["Patient/other"])),
        };

        Assert.That(supervisor.Reads(Message(held, role, sender), "supervisor"), Is.EqualTo(reads));
        Assert.That(new TeamCaller("Practitioner/sup-1", "supervisor").Reads(Message(held: true), "supervisor"), Is.False, "who is nobody's supervisor, until somebody says so");
    }

    private static StoredMessage Message(bool held, string role = "chw", string sender = "Practitioner/chw-1") => new(
        1, null, null, "message/m1", "note", "Patient/p1", sender, role, "urgent", held, false, Now, Now, MessageReach.Waiting, null, null, null, null, null, 0, null, false, "", default)
    {
        Writers = [sender],
        IsOfChw = role == "chw",
    };

    private static AwayRow Away(TeamCaller who, TeamCaller cover, int from = -60, int until = 60) => new(1, who.Self, cover.Self, who.Roles, Now.AddMinutes(from), Now.AddMinutes(until));
}
