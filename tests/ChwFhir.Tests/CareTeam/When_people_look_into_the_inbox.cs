using ChwFhir.CareTeam;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.CareTeam;

[TestFixture(StorageOptions.Sqlite), TestFixture(StorageOptions.Postgres)]
public sealed class When_people_look_into_the_inbox(string provider)
{
    private TheTeam team = null!;

    [SetUp]
    public async Task Open() => team = await TheTeam.OpenAsync(provider);

    [TearDown]
    public async Task Close() => await team.DisposeAsync();

    [TestCase("CareTeam/7", "nurse", "Practitioner/nurse-1", true, Description = "a care team of the EHR is read by the team")]
    [TestCase("https://ehr.example/fhir/CareTeam/7", "clinician", "Practitioner/pcp-1", true)]
    [TestCase("CareTeam/7", "supervisor", "Practitioner/sup-1", false)]
    [TestCase("https://ehr.example/fhir/Practitioner/pcp-1", "clinician", "Practitioner/pcp-1", true, Description = "named with the server's address")]
    [TestCase("Practitioner/pcp-1", "clinician", "https://ehr.example/fhir/Practitioner/pcp-1", true, Description = "signed in with it")]
    [TestCase("Practitioner/pcp-1", "clinician", "Practitioner/pcp-2", false)]
    [TestCase("nurse", "chw", "https://ehr.example/fhir/Practitioner/chw-1", true, Description = "who wrote it")]
    [TestCase("nurse", "chw", "Practitioner/chw-2", false, Description = "another CHW")]
    [TestCase("chw", "chw", "Practitioner/chw-2", true)]
    public async Task What_may_be_read_is_listed_and_nothing_else(string to, string role, string self, bool seen)
    {
        await team.TellAsync("routine", to: to);
        var caller = new TeamCaller(self, role);

        var listed = (await team.Desk.ListAsync(caller, new MessageQuery(), default)).Items;
        var asked = (await team.Desk.ListAsync(caller, new MessageQuery { To = to }, default)).Items;
        var read = await team.Desk.OpenAsync(caller, "1", reads: false, default);

        Assert.That((listed.Count == 1, asked.Count == 1, read is MessageAnswer.Done), Is.EqualTo((seen, seen, seen)));
    }

    [TestCase("nurse", "Practitioner/nurse-1")]
    [TestCase("clinician", "Practitioner/pcp-1")]
    public async Task Asking_for_somebody_elses_inbox_shows_nothing_of_it(string role, string self)
    {
        await team.TellAsync("routine", to: "social-work");

        Assert.That((await team.Desk.ListAsync(new TeamCaller(self, role), new MessageQuery { To = "social-work" }, default)).Items, Is.Empty);
    }

    [Test]
    public async Task What_is_held_for_one_is_seen_by_that_one_and_its_writer()
    {
        await team.TellAsync("routine", to: "care-team", hold: "social-work");

        var readers = new List<string>();
        foreach (var role in new[] { "chw", "clinician", "nurse", "social-worker", "supervisor", "director", "privacy", "integration" })
        {
            if ((await team.Desk.ListAsync(new TeamCaller($"Practitioner/{role}-1", role), new MessageQuery(), default)).Items.Count > 0)
                readers.Add(role);
        }

        Assert.That(readers, Is.EqualTo(new[] { "chw", "social-worker" }));
    }
}
