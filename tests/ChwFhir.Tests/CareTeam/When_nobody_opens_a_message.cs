using ChwFhir.CareTeam;
using ChwFhir.Queue;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_nobody_opens_a_message(string provider)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly (string, string)[] TheLadder = [("CareTeam:Notify:Webhook", "https://hooks.example/told"), ("CareTeam:OnCall", "palliative-care, Practitioner/on-call"), ("CareTeam:AfterHoursPhone", "555-0100")];
    private TheTeam team = null!;

    [TearDown]
    public async Task Close() => await team.DisposeAsync();

    [Test]
    public async Task A_stat_one_climbs_to_the_next_licensed_person_and_the_supervisor_gets_a_copy()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        await team.TellAsync("stat");
        await team.WorkAsync();

        await team.PassAsync(Quarter - TimeSpan.FromMinutes(1));
        var before = (await team.MessageAsync()).Rung;
        await team.PassAsync(TimeSpan.FromMinutes(1));

        var message = await team.MessageAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(message.To, Is.EquivalentTo(new[] { new MessageRecipient("nurse", 0, false), new MessageRecipient("palliative-care", 1, false), new MessageRecipient("supervisor", 1, true) }));
            Assert.That(team.Told.Select(told => told.For), Is.EqualTo(new[] { "nurse", "palliative-care" }));
        }
    }

    [Test]
    public async Task At_the_end_of_the_ladder_the_note_says_that_nobody_was_told()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        await team.TellAsync("stat");

        await team.PassAsync(3 * Quarter + TimeSpan.FromMinutes(1));

        var status = await team.StatusAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(team.Told.Select(told => told.For), Is.EqualTo(new[] { "nurse", "palliative-care", "Practitioner/on-call" }));
            Assert.That(status.Issues.Single(issue => issue.Code == "nobody-told").Detail, Does.Contain("555-0100").And.Contain("message/m1"));
            Assert.That(status.State, Is.EqualTo("queued"), "the note goes on its own way");
        }
    }

    [TestCase("", "nurse", Description = "no ladder")]
    [TestCase("pharmacy", "nurse,pharmacy", Description = "a ladder of one")]
    [TestCase("nurse", "nurse", Description = "who has it already is no rung")]
    public async Task The_last_one_told_is_a_licensed_one_and_then_the_note_says_so_once(string ladder, string told)
    {
        team = await TheTeam.OpenAsync(provider, ("CareTeam:Notify:Webhook", "https://hooks.example/told"), ("CareTeam:OnCall", ladder));
        await team.TellAsync("stat");

        await team.PassAsync(5 * Quarter);

        var message = await team.MessageAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(team.Told.Select(one => one.For), Is.EqualTo(told.Split(',')));
            Assert.That(message.To.Where(to => !to.Copied).Select(to => to.Recipient), Is.EqualTo(told.Split(',')));
            Assert.That((message.Untold, message.ClimbAt), Is.EqualTo((true, (DateTimeOffset?)null)));
            Assert.That((await team.StatusAsync()).Issues.Count(issue => issue.Code == "nobody-told"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_written_note_needs_attention_until_somebody_opens_it_after_all()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        PatientInTheEhr();
        await team.TellAsync("stat");
        await team.WriteAsync();
        var written = (await team.StatusAsync()).State;

        await team.PassAsync(4 * Quarter);
        var untold = await team.StatusAsync();
        await team.OpenAsync("nurse", "Practitioner/nurse-1");
        var mended = await team.StatusAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Is.EqualTo("written"));
            Assert.That(untold.State, Is.EqualTo("needs-attention"));
            Assert.That(untold.Issues.Select(issue => issue.Code), Does.Contain("nobody-told"));
            Assert.That(mended.State, Is.EqualTo("written"));
            Assert.That(mended.Issues.Select(issue => issue.Code), Does.Not.Contain("nobody-told"));
            Assert.That(mended.Messages.Single(message => message.Key == "message/m1").Reach, Is.EqualTo("opened"));
        }
    }

    [Test]
    public async Task A_note_that_is_written_when_nobody_was_told_is_not_done()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        PatientInTheEhr();
        await team.TellAsync("stat");
        await team.PassAsync(4 * Quarter);

        await team.WriteAsync();

        Assert.That((await team.StatusAsync()).State, Is.EqualTo("needs-attention"));
    }

    [TestCase("nurse", "Practitioner/nurse-1", true)]
    [TestCase("clinician", "Practitioner/pall-1", true, Description = "it climbed to palliative care")]
    [TestCase("supervisor", "Practitioner/sup-1", false, Description = "who has a copy stops no clock")]
    [TestCase("chw", "Practitioner/chw-1", false, Description = "who wrote it neither")]
    [TestCase("social-worker", "Practitioner/sw-1", false, Description = "it is not theirs to read")]
    public async Task The_clock_stops_only_for_those_it_is_for(string role, string self, bool stops)
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        await team.TellAsync("stat");
        await team.PassAsync(Quarter);

        await team.OpenAsync(role, self);
        await team.PassAsync(Quarter);

        Assert.That((await team.MessageAsync()).Rung, Is.EqualTo(stops ? 1 : 2));
    }

    [Test]
    public async Task A_restart_forgets_no_rung_and_climbs_none_twice()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        await team.TellAsync("stat");
        await team.PassAsync(Quarter);
        await team.RestartAsync();

        await team.WorkAsync();
        var after = (await team.MessageAsync()).Rung;
        await team.PassAsync(Quarter);

        Assert.That((after, (await team.MessageAsync()).Rung), Is.EqualTo((1, 2)));
        Assert.That(team.Told.Select(told => told.For), Is.EqualTo(new[] { "nurse", "palliative-care", "Practitioner/on-call" }));
    }

    [Test]
    public async Task What_waits_outside_working_hours_waits_and_stat_does_not()
    {
        team = await TheTeam.OpenAsync(provider, [.. TheLadder, ("CareTeam:Hours", "Mon-Fri 08:00-17:00 America/Chicago")]);
        await team.TellAsync("urgent", "n1");
        await team.TellAsync("stat", "n2");

        // Two hours are left of the day; the other two come tomorrow.
        var (urgent, stat) = (await team.MessageAsync("n1"), await team.MessageAsync("n2"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(urgent.DueAt, Is.EqualTo(new DateTimeOffset(2026, 11, 4, 10, 0, 0, TimeSpan.FromHours(-6))));
            Assert.That(stat.DueAt, Is.EqualTo(TheTeam.Start + Quarter));
        }
    }

    [Test]
    public async Task A_routine_one_is_late_and_wakes_nobody()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        await team.TellAsync("routine");
        await team.WorkAsync();
        team.Clock.Advance(TimeSpan.FromDays(3));
        await team.WorkAsync();

        var view = (await team.Desk.ListAsync(new TeamCaller("Practitioner/nurse-1", "nurse"), new MessageQuery(), default)).Items.Single();
        Assert.That((view.Late, (await team.MessageAsync()).Rung, (await team.StatusAsync()).Issues.Any(issue => issue.Code == "nobody-told")), Is.EqualTo((true, 0, false)));
    }

    [Test]
    public async Task What_is_held_climbs_to_nobody_who_may_not_know_it()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        await team.TellAsync("stat", hold: "social-work");

        await team.PassAsync(2 * Quarter);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await team.MessageAsync()).To.Select(to => to.Recipient), Is.EqualTo(new[] { "social-work" }));
            Assert.That((await team.StatusAsync()).Issues.Select(issue => issue.Code), Does.Contain("nobody-told"));
        }
    }

    [Test]
    public async Task Where_nobody_is_told_at_all_the_message_says_whom_to_call()
    {
        team = await TheTeam.OpenAsync(provider, ("CareTeam:AfterHoursPhone", "555-0100"));
        var status = await team.TellAsync("stat");

        Assert.That(status.Messages.Single().Call, Is.EqualTo("555-0100"));
        var view = (await team.Desk.ListAsync(new TeamCaller("Practitioner/nurse-1", "nurse"), new MessageQuery(), default)).Items.Single();
        Assert.That(view.Call, Is.EqualTo("555-0100"));
    }

    [Test]
    public async Task A_webhook_that_is_down_is_tried_again_further_and_further_apart_under_one_id()
    {
        team = await TheTeam.OpenAsync(provider, TheLadder);
        team.WebhookIsUp = false;
        await team.TellAsync("urgent");

        await team.WorkAsync();
        await team.PassAsync(TimeSpan.FromMinutes(30));
        var tries = team.Told.Count;
        team.WebhookIsUp = true;
        await team.PassAsync(TimeSpan.FromMinutes(10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tries, Is.InRange(8, 16));
            Assert.That(team.Told.Select(told => told.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(team.Told, Has.Count.EqualTo(tries + 1));
            Assert.That((await team.StatusAsync()).Messages.Single().Reach, Is.EqualTo("notified"));
        }
    }

    private void PatientInTheEhr()
    {
        team.Ehr.Put("""{"resourceType":"Patient","id":"p1","active":true,"birthDate":"1963-04-02","name":[{"family":"Lind"}]}""");
        team.Ehr.Put("""{"resourceType":"Practitioner","id":"chw-1","name":[{"family":"Delgado"}]}""");
    }
}
