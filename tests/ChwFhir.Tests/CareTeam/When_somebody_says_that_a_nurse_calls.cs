using System.Text;
using ChwFhir.CareTeam;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

/// <summary>Then a nurse hears of it: the CHW goes by those words.</summary>
[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_somebody_says_that_a_nurse_calls(string provider)
{
    private static readonly TeamCaller Clinician = new("Practitioner/pcp-1", "clinician");
    private static readonly TeamCaller Nurse = new("Practitioner/nurse-1", "nurse");
    private static readonly byte[] ANurseCalls = Encoding.UTF8.GetBytes("""{"id":"r1","text":"A nurse calls you.","for":"patient-call-needed","will":"nurse-calls"}""");
    private TheTeam team = null!;

    [SetUp]
    public async Task Open() => team = await TheTeam.OpenAsync(provider, ("CareTeam:Notify:Webhook", "https://hooks.example/told"));

    [TearDown]
    public async Task Close() => await team.DisposeAsync();

    [Test]
    public async Task The_nurses_are_told_and_have_a_clock_of_their_own()
    {
        await team.TellAsync("urgent", to: "pcp");
        await team.WorkAsync();
        team.Clock.Advance(TimeSpan.FromHours(1));
        var before = await team.MessageAsync();

        var answer = await team.Desk.ReplyAsync(Clinician, Id(before), ANurseCalls, default);
        await team.WorkAsync();

        var after = await team.MessageAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.TypeOf<MessageAnswer.Done>());
            Assert.That(after.Replies, Has.Count.EqualTo(1));
            Assert.That((await team.Desk.ListAsync(Nurse, new MessageQuery(), default)).Items, Has.Count.EqualTo(1));
            Assert.That(after.DueAt, Is.GreaterThan(before.DueAt));
            Assert.That(after.ClimbAt, Is.EqualTo(after.DueAt));
            Assert.That(team.Told.Select(told => told.For), Does.Contain("nurse"));
        }
    }

    [Test]
    public async Task Said_again_it_is_said_once_and_a_nurse_who_takes_it_stops_the_clock()
    {
        await team.TellAsync("urgent", to: "pcp");
        var id = Id(await team.MessageAsync());
        await team.Desk.ReplyAsync(Clinician, id, ANurseCalls, default);

        var again = await team.Desk.ReplyAsync(Clinician, id, ANurseCalls, default);
        var taken = await team.Desk.TakeAsync(Nurse, id, default);

        var after = await team.MessageAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((again as MessageAnswer.Done)?.WasHere, Is.True);
            Assert.That((taken as MessageAnswer.Done)?.Message.TakenBy, Is.EqualTo(Nurse.Self));
            Assert.That(after.ClimbAt, Is.Null);
            Assert.That(after.Replies, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Who_began_the_exchange_with_a_CHW_tells_the_nurses_too()
    {
        await team.TellAsync("urgent", to: "chw");
        var asked = await team.MessageAsync();

        await team.Desk.ReplyAsync(new TeamCaller(asked.Sender!, "clinician"), Id(asked), ANurseCalls, default);

        Assert.That((await team.Desk.ListAsync(Nurse, new MessageQuery(), default)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_held_for_others_goes_to_no_nurse_and_nobody_is_told_that_one_calls()
    {
        await team.TellAsync("urgent", to: "pcp", hold: "pcp");
        var held = await team.MessageAsync();

        var answer = await team.Desk.ReplyAsync(Clinician, Id(held), ANurseCalls, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer as MessageAnswer.NotAllowed)?.Code, Is.EqualTo("held"));
            Assert.That((await team.MessageAsync()).Replies, Is.Empty);
        }
    }

    [Test]
    public async Task A_nurse_who_says_it_of_a_nurse_hands_nothing_on()
    {
        await team.TellAsync("urgent");
        var before = await team.MessageAsync();

        await team.Desk.ReplyAsync(Nurse, Id(before), ANurseCalls, default);

        Assert.That((await team.MessageAsync()).ClimbAt, Is.Null);
    }

    private static string Id(StoredMessage message) => message.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
