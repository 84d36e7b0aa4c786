using System.Text;
using System.Text.Json;
using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Queue;
using ChwFhir.Tests.Queue;
using ChwFhir.Tests.WriteBack;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

/// <summary>On a real store: a message to somebody who is away, one that is handed on, and who has seen it.</summary>
[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_a_colleague_covers(string provider)
{
    private static readonly TeamCaller Paula = new("Practitioner/nurse-1", "nurse");
    private static readonly TeamCaller Sam = new("Practitioner/sw-1", "social-worker");
    private TheTeam team = null!;

    [SetUp]
    public async Task Open()
    {
        team = await TheTeam.OpenAsync(provider);
        await team.Store.SayAwayAsync(ScriptedEhr.BaseUrl, new AwayRow(0, Paula.Self, Sam.Self, Paula.Roles, TheTeam.Start.AddHours(-1), TheTeam.Start.AddHours(8)), default);
    }

    [TearDown]
    public async Task Close() => await team.DisposeAsync();

    [Test]
    public async Task They_see_it_open_it_and_take_it_and_so_does_whoever_is_away()
    {
        await team.TellAsync("urgent", to: "Practitioner/nurse-1");
        var sam = await team.Covers.WithCoversAsync(Sam, default);

        var listed = (await team.Desk.ListAsync(sam, new MessageQuery(), default)).Items.Single();
        var taken = await team.Desk.TakeAsync(sam, listed.Id, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.CoveredFor, Is.EqualTo(Paula.Self));
            Assert.That((taken as MessageAnswer.Done)?.Message.TakenBy, Is.EqualTo(Sam.Self));
            Assert.That((await team.Desk.ListAsync(Paula, new MessageQuery(), default)).Items, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task What_they_took_stays_theirs_when_the_other_is_back()
    {
        await team.TellAsync("routine", to: "Practitioner/nurse-1");
        var id = (await team.MessageAsync()).Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await team.Desk.TakeAsync(await team.Covers.WithCoversAsync(Sam, default), id, default);

        team.Clock.Advance(TimeSpan.FromDays(1));
        var sam = await team.Covers.WithCoversAsync(Sam, default);

        Assert.That(sam.Covers, Is.Empty);
        Assert.That((await team.Desk.ListAsync(sam, new MessageQuery { State = "mine" }, default)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Held_messages_are_not_for_a_cover_of_another_role()
    {
        await team.TellAsync("urgent", to: "nurse", hold: "Practitioner/nurse-1");
        var sam = await team.Covers.WithCoversAsync(Sam, default);

        Assert.That((await team.Desk.ListAsync(sam, new MessageQuery(), default)).Items, Is.Empty);
        Assert.That(await team.Desk.OpenAsync(sam, $"{(await team.MessageAsync()).Number}", reads: true, default), Is.TypeOf<MessageAnswer.NotFound>());
    }

    [TestCase("danger", 0)]
    [TestCase(null, 1)]
    public async Task Nor_is_what_is_held_for_the_other_role_of_whoever_is_away(string? hold, int seen)
    {
        TeamCaller director = new("Practitioner/md-1", ["clinician", "supervisor"]), clinician = new("Practitioner/pcp-2", "clinician");
        await team.Store.SayAwayAsync(ScriptedEhr.BaseUrl, new AwayRow(0, director.Self, clinician.Self, director.Roles, TheTeam.Start.AddHours(-1), TheTeam.Start.AddHours(8)), default);
        await team.TellAsync("routine", to: "supervisor", hold: hold is null ? null : "supervisor");
        var covering = await team.Covers.WithCoversAsync(clinician, default);
        covering = covering with { Covers = [.. covering.Covers.Select(cover => cover with { Supervision = Supervision.All })] };

        Assert.That((await team.Desk.ListAsync(covering, new MessageQuery(), default)).Items, Has.Count.EqualTo(seen));
    }

    [TestCase("Practitioner/chw-1", 1)]
    [TestCase("Practitioner/chw-9", 0)]
    public async Task A_supervisor_reads_what_their_own_CHWs_wrote(string chw, int seen)
    {
        await team.TellAsync("routine", to: "supervisor", hold: "supervisor");
        var supervisor = new TeamCaller("Practitioner/sup-1", "supervisor") { Supervision = new Supervision(new ChwSet(false, new HashSet<string> { chw }, new HashSet<string>()), PatientSet.None) };

        Assert.That((await team.Desk.ListAsync(supervisor, new MessageQuery(), default)).Items, Has.Count.EqualTo(seen));
    }

    [Test]
    public async Task Handed_on_it_begins_anew_and_who_had_it_stops_no_clock()
    {
        await team.TellAsync("urgent", to: "nurse");
        var id = $"{(await team.MessageAsync()).Number}";
        await team.Desk.TakeAsync(Paula, id, default);
        team.Clock.Advance(TimeSpan.FromHours(1));

        var handed = await team.Desk.HandAsync(Paula, id, Encoding.UTF8.GetBytes("""{"to":"social-work","reason":"rent"}"""), default);
        await team.Desk.OpenAsync(Paula, id, reads: true, default);

        var message = await team.MessageAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(handed, Is.TypeOf<MessageAnswer.Done>());
            Assert.That((message.Reach, message.TakenBy, message.ClimbAt), Is.EqualTo((MessageReach.Waiting, (string?)null, (DateTimeOffset?)TheTeam.Start.AddHours(5))));
            Assert.That(message.To.Where(to => !to.Copied).Select(to => to.Recipient), Is.EqualTo(new[] { "social-work" }));
            Assert.That(await team.Desk.CloseAsync(Paula, id, Encoding.UTF8.GetBytes("""{"outcome":"patient-reached"}"""), default), Is.TypeOf<MessageAnswer.NotAllowed>());
        }
        await team.Desk.OpenAsync(Sam, id, reads: true, default);
        Assert.That(((await team.Desk.OpenAsync(Sam, id, reads: false, default)) as MessageAnswer.Done)!.Message.SeenBy.Select(seen => seen.By), Is.EqualTo(new[] { Paula.Self, Sam.Self }));
    }

    [Test]
    public async Task What_is_said_to_the_patient_by_whoever_calls_is_not_shown_to_the_CHW()
    {
        await team.TellAsync("urgent", to: "nurse");
        var id = $"{(await team.MessageAsync()).Number}";

        await team.Desk.ReplyAsync(Paula, id, JsonSerializer.SerializeToUtf8Bytes(new { text = "Half a tablet tonight.", @for = "patient-call-needed", will = "i-call", by = "2026-11-03" }), default);

        var chw = ((await team.Desk.OpenAsync(new TeamCaller((await team.MessageAsync()).Sender!, "chw"), id, reads: false, default)) as MessageAnswer.Done)!.Message.Replies.Single();
        var nurse = ((await team.Desk.OpenAsync(Paula, id, reads: false, default)) as MessageAnswer.Done)!.Message.Replies.Single();
        Assert.That((chw.Text, chw.Will, chw.Until), Is.EqualTo(((string?)null, "i-call", "2026-11-03")));
        Assert.That(nurse.Text, Is.EqualTo("Half a tablet tonight."));
    }
}
