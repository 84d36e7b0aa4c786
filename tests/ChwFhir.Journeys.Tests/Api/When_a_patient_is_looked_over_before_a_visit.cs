using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;

namespace ChwFhir.Journeys.Api;

internal sealed class When_a_patient_is_looked_over_before_a_visit
{
    private PanelTown town = null!;
    private JsonObject overview = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await PanelTown.StartAsync();
        var note = Some.Note("Patient/rosa-m");
        note["language"] = "es";
        note["visit"]!["start"] = "2026-01-05T14:05:00-05:00";
        note["visit"]!["end"] = "2026-01-05T15:10:00-05:00";
        note["programme"] = JsonNode.Parse("""{ "id": "impact-2026", "name": "Impact", "start": "2026-01-01", "end": "2026-12-31" }""");
        note["followUp"] = JsonNode.Parse("""{ "ask": ["did LIHEAP call"] }""");
        note["home"] = JsonNode.Parse("""{ "access": "second floor, no lift", "callFirst": true }""");
        note["goals"] = JsonNode.Parse("""[ { "id": "garden", "text": "Sit in the garden", "steps": [ { "id": "s1", "text": "transport chair", "who": "chw" } ] } ]""");
        note["advanceCarePlanning"] = JsonNode.Parse("""{ "discussed": "yes", "documents": [ { "kind": "healthcare-proxy", "status": "completed", "seen": true, "where": "kitchen drawer" } ] }""");
        Assert.That((await town.Dolores.PostAsync("/api/v1/visit-notes", note.ToJsonString())).Status, Is.EqualTo(202));
        Assert.That(await PanelTown.SettledAsync(town.Dolores, (string)note["id"]!), Is.EqualTo("written"));
        var (status, body) = await town.Dolores.GetAsync("/api/v1/patients/rosa-m/overview");
        Assert.That(status, Is.EqualTo(200));
        overview = body!.AsObject();
    }

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("person", "Rosa Maldonado")]
    [TestCase("caregivers", "Imani Maldonado")]
    [TestCase("careTeam", "Dr. Miriam Adler")]
    [TestCase("programmes", "Impact")]
    [TestCase("problems", "Metastatic breast cancer")]
    [TestCase("problems", "Breast cancer that has spread")]
    [TestCase("medicines", "Morphine sulfate 15 mg")]
    [TestCase("allergies", "none-recorded")]
    [TestCase("appointments", "Oncology infusion")]
    [TestCase("advanceDirectives", "kitchen drawer")]
    [TestCase("referrals", "Food pantry, delivered")]
    [TestCase("ask", "did LIHEAP call")]
    [TestCase("home", "second floor, no lift")]
    [TestCase("changed", "medicine-started")]
    public void It_tells(string part, string fact) => Assert.That(overview[part]?.ToJsonString(), Does.Contain(fact));

    [Test]
    public void Nothing_of_it_is_left_out() => Assert.That(overview["unavailable"]!.AsArray(), Is.Empty);

    [Test]
    public void Our_own_visit_is_no_appointment_at_a_clinic() => Assert.That(overview["appointments"]!.ToJsonString(), Does.Not.Contain("2026-01-05"));

    [TestCase("overview")]
    [TestCase("timeline")]
    [TestCase("record")]
    public async Task Outside_of_the_panel_there_is_no_such_patient_and_it_is_recorded(string part)
    {
        var (status, body) = await town.Ben.GetAsync($"/api/v1/patients/rosa-m/{part}");
        var (nothing, same) = await town.Ben.GetAsync($"/api/v1/patients/nobody-at-all/{part}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, body!.ToJsonString()), Is.EqualTo((404, same!.ToJsonString())));
            Assert.That(nothing, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_patient_whom_the_EHR_does_not_know_is_none()
    {
        await using var open = await Town.StartAsync();

        using var answer = await open.Http.GetAsync("/api/v1/patients/nobody-at-all/overview");

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_timeline_has_the_visit_and_what_it_did_page_by_page()
    {
        var (_, all) = await town.Dolores.GetAsync("/api/v1/patients/rosa-m/timeline");
        List<string> paged = [];
        string? cursor = null;
        do
        {
            var (_, page) = await town.Dolores.GetAsync($"/api/v1/patients/rosa-m/timeline?limit=1{(cursor is null ? "" : "&cursor=" + cursor)}");
            paged.AddRange(page!["items"]!.AsArray().Select(item => item!.ToJsonString()));
            cursor = (string?)page["next"];
        }
        while (cursor is not null && paged.Count < 100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(paged, Is.EqualTo(all!["items"]!.AsArray().Select(item => item!.ToJsonString())));
            Assert.That(all["items"]!.AsArray().Select(item => $"{item!["kind"]} {item["what"]} {item["text"]}"), Does.Contain("visit home ").And.Contain("plan-change goal-added Sit in the garden"));
            Assert.That(all["items"]!.AsArray().Select(item => (DateTimeOffset)item!["when"]!), Is.Ordered.Descending);
        }
    }

    [TestCase("limit=0")]
    [TestCase("limit=many")]
    [TestCase("cursor=1")]
    [TestCase("patient=x")]
    public async Task A_mistyped_parameter_of_the_timeline_is_told(string query) => Assert.That((await town.Dolores.GetAsync($"/api/v1/patients/rosa-m/timeline?{query}")).Status, Is.EqualTo(400));

    [Test]
    public async Task The_record_is_all_that_is_held_as_FHIR()
    {
        var (status, record) = await town.Dolores.GetAsync("/api/v1/patients/rosa-m/record");

        var types = record!["entry"]!.AsArray().Select(entry => (string)entry!["resource"]!["resourceType"]!).ToHashSet();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, (string?)record["type"]), Is.EqualTo((200, "collection")));
            Assert.That(types, Does.Contain("Encounter").And.Contain("DocumentReference").And.Contain("Goal"));
        }
    }
}
