using ChwFhir.CareTeam;
using ChwFhir.CareTeam.Advice;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

internal sealed class When_a_reply_sounds_like_advice
{
    [TestCase("She can take two of the white ones.", "take")]
    [TestCase("Increase the morphine to 15 mg.", "increase", "morphine", "15 mg")]
    [TestCase("Stop it until Friday", "stop")]
    [TestCase("No more than one tablet twice a day", "one tablet", "twice a day")]
    [TestCase("MiraLAX every night", "miralax")]
    [TestCase("Que tome la pastilla cada 8 horas", "tome", "cada 8 horas")]
    [TestCase("Suspéndale la furosemida", "suspéndale", "furosemida")]
    [TestCase("Puede doblar la dosis", "doblar", "dosis")]
    [TestCase("hold the next one", "hold the")]
    [TestCase("begin tomorrow", "begin")]
    public void The_words_that_do_are_named_as_they_were_written(string reply, params string[] words) =>
        Assert.That(AdviceGuard.Default.Heard(reply), Is.EqualTo(words));

    [TestCase("I call her at four.")]
    [TestCase("Thank you. I will stop by the house on Thursday.")]
    [TestCase("We can change the appointment to Monday, ten o'clock.")]
    [TestCase("La llamo hoy a las cuatro. Gracias.")]
    [TestCase("Podemos cambiar la cita al lunes.")]
    [TestCase("Who is at home with her at night?")]
    [TestCase("Dr. Lin gives her a call this afternoon.")]
    [TestCase("")]
    public void What_only_says_who_calls_and_when_asks_nothing(string reply) =>
        Assert.That(AdviceGuard.Default.Heard(reply), Is.Empty);

    [Test]
    public void A_medicine_of_the_patients_chart_is_one_wherever_it_is_named()
    {
        string[] chart = ["Zorvolexidine 20 MG oral tablet"];

        Assert.That(AdviceGuard.Default.Heard("Is the zorvolexidine still there?", chart), Is.EqualTo(new[] { "zorvolexidine" }));
        Assert.That(AdviceGuard.Default.Heard("Is the tablet box still there?", chart), Is.Empty);
    }

    [TestCase("chw", "nurse", "clinician", true, Description = "a CHW began it")]
    [TestCase("clinician", "chw", "clinician", true, Description = "who writes began it, and a CHW answered")]
    [TestCase("clinician", "Practitioner/chw-1,chw", "nurse", true)]
    [TestCase("clinician", "chw", "chw,nurse", true, Description = "a CHW who is also a nurse")]
    [TestCase("clinician", "chw", "chw", false, Description = "a CHW to the team")]
    [TestCase("clinician", "Practitioner/chw-1", "clinician", true, "question", Description = "to a CHW by name")]
    [TestCase("clinician", "nurse", "clinician", false, Description = "no CHW reads it")]
    public async Task Whoever_writes_what_a_CHW_reads_is_asked(string from, string to, string roles, bool asked, string kind = "note")
    {
        await using var team = await TheTeam.OpenAsync(StorageOptions.Sqlite);
        await team.TellAsync("routine");
        var message = (await team.Desk.ListAsync(new TeamCaller("Practitioner/nurse-1", "nurse"), new MessageQuery(), default)).Items.Single()
            with { Kind = kind, From = new MessageSender("Practitioner/1", from), To = to.Split(',') };

        Assert.That(AdviceGuard.Minds(new TeamCaller("Practitioner/1", roles.Split(',')), message), Is.EqualTo(asked));
    }

    [TestCase("chw", false)]
    [TestCase("chw,supervisor", false)]
    [TestCase("nurse,chw", true)]
    [TestCase("chw,nurse", true, Description = "in whatever order their roles are named")]
    public async Task Advice_is_read_by_whoever_may_give_it_and_by_no_CHW(string roles, bool read)
    {
        await using var team = await TheTeam.OpenAsync(StorageOptions.Sqlite);
        await team.TellAsync("routine");
        var message = await team.MessageAsync();
        await team.Desk.ReplyAsync(new TeamCaller("Practitioner/nurse-1", "nurse"), $"{message.Number}", """{"text":"Two tonight.","for":"patient-call-needed","will":"i-call"}"""u8.ToArray(), default);

        var view = team.Desk.View(await team.MessageAsync(), new TeamCaller("Practitioner/1", roles.Split(',')));

        Assert.That(view.Replies.Single().Text, read ? Is.EqualTo("Two tonight.") : Is.Null);
    }
}
