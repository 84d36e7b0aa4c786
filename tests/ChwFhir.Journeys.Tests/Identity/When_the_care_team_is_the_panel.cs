using System.Text.Json.Nodes;

namespace ChwFhir.Journeys.Identity;

/// <summary>The sandbox knows who is on whose care team, and finds them by participant.</summary>
internal sealed class When_the_care_team_is_the_panel
{
    private SomeIssuer issuer = null!;
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        issuer = await SomeIssuer.StartAsync();
        town = await Town.StartAsync(("Auth__Mode", "jwt"), ("Auth__Authority", issuer.Url), ("Auth__Audience", SomeIssuer.Audience), ("Auth__Panel", "careteam"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await town.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Test]
    public async Task A_CHW_finds_those_on_whose_team_they_are()
    {
        var ben = Of("ben", "chw", "Practitioner/chw-2");

        var own = await ben.PostAsync("/api/v1/patients/search", """{ "name": "Vargas" }""");
        var other = await ben.PostAsync("/api/v1/patients/search", """{ "name": "Maldonado" }""");

        Assert.That((own.Body!["items"]!.AsArray().Count, other.Body!["items"]!.AsArray().Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_note_of_a_patient_on_no_team_of_theirs_waits()
    {
        var ben = Of("ben", "chw", "Practitioner/chw-2");
        var (_, inside) = await ben.PostAsync("/api/v1/visit-notes", Note("Patient/lucia-v"));
        var (_, outside) = await ben.PostAsync("/api/v1/visit-notes", Note("Patient/rosa-m"));

        Assert.That(((string?)inside!["state"], (string?)outside!["state"]), Is.EqualTo(("queued", "needs-attention")));
    }

    [Test]
    public async Task A_clinician_sees_the_notes_of_those_whom_they_look_after_by_the_EHRs_answer()
    {
        var dolores = Of("dolores", "chw", "Practitioner/chw-1");
        var id = (string)(await dolores.PostAsync("/api/v1/visit-notes", Note("Patient/walter-b", "Practitioner/chw-1"))).Body!["id"]!;
        await PanelTown.SettledAsync(dolores, id);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await Of("anjali", "clinician", "Practitioner/pcp-1").GetAsync($"/api/v1/visit-notes/{id}")).Status, Is.EqualTo(200), "on the care team");
        Assert.That((await Of("olga", "clinician", "Practitioner/onc-1").GetAsync($"/api/v1/visit-notes/{id}")).Status, Is.EqualTo(404), "not on the care team");
        Assert.That((await Of("nadia", "nurse", "Practitioner/nurse-1").GetAsync($"/api/v1/visit-notes/{id}")).Status, Is.EqualTo(404), "nothing of him in the inbox");
    }

    [TestCase("nobody")]
    [TestCase("Patient/")]
    [TestCase("Patient/..")]
    [TestCase("Practitioner/pcp-1")]
    public async Task A_list_for_what_is_no_patient_is_empty_and_the_EHR_is_not_asked(string patient)
    {
        var (status, page) = await Of("anjali", "clinician", "Practitioner/pcp-1").GetAsync($"/api/v1/visit-notes?patient={patient}");

        Assert.That((status, page?["items"]?.AsArray().Count), Is.EqualTo((200, 0)));
    }

    [Test]
    public async Task A_nurse_sees_the_patients_of_the_inbox()
    {
        var dolores = Of("dolores", "chw", "Practitioner/chw-1");
        var id = (string)(await dolores.PostAsync("/api/v1/visit-notes", Note("Patient/harold-k", "Practitioner/chw-1"))).Body!["id"]!;
        await PanelTown.SettledAsync(dolores, id);
        var nurse = Of("nadia", "nurse", "Practitioner/nurse-1");
        var before = (await nurse.GetAsync($"/api/v1/visit-notes/{id}")).Status;

        await dolores.PostAsync("/api/v1/patients/harold-k/messages", """{ "text": "He is out of oxygen tubing.", "to": ["nurse"], "kind": "report", "urgency": "urgent", "topic": "update" }""");

        Assert.That((before, (await nurse.GetAsync($"/api/v1/visit-notes/{id}")).Status), Is.EqualTo((404, 200)));
    }

    [Test]
    public async Task Roles_of_another_issuers_words_and_a_nested_claim_are_read_by_settings()
    {
        await using var other = await Town.StartAsync(("Auth__Mode", "jwt"), ("Auth__Authority", issuer.Url), ("Auth__Audience", SomeIssuer.Audience), ("Auth__Panel", "open"),
            ("Auth__RoleClaim", "realm_access.roles"), ("Auth__Roles__Outreach.Worker", "chw"), ("Auth__Scopes__Write", "notes.write"));
        object access = new Dictionary<string, object> { ["roles"] = new[] { "Outreach.Worker" } };
        var reads = new Somebody(other.Http, issuer.Token("a", null, ("realm_access", access)));
        var writes = new Somebody(other.Http, issuer.Token("a", null, ("realm_access", access), ("scope", "openid notes.write"), ("fhirUser", "Practitioner/chw-2")));
        var unmapped = new Somebody(other.Http, issuer.Token("a", null, ("realm_access", new Dictionary<string, object> { ["roles"] = new[] { "chw" } })));

        using var together = Assert.EnterMultipleScope();
        Assert.That((await reads.GetAsync("/api/v1/visit-notes")).Status, Is.EqualTo(200));
        Assert.That((await reads.PostAsync("/api/v1/visit-notes", Note("Patient/lucia-v"))).Status, Is.EqualTo(403), "the scope for writing is missing");
        Assert.That((await reads.PostAsync("/api/v1/visit-notes/preview", Note("Patient/lucia-v"))).Status, Is.EqualTo(200), "a preview keeps nothing");
        Assert.That((await writes.PostAsync("/api/v1/visit-notes", Note("Patient/lucia-v"))).Status, Is.EqualTo(202));
        Assert.That((await unmapped.GetAsync("/api/v1/visit-notes")).Status, Is.EqualTo(403), "only the words of the settings count");
    }

    private Somebody Of(string subject, string role, string practitioner) => new(town.Http, issuer.Token(subject, role, ("fhirUser", practitioner)));

    private static string Note(string patient, string author = "Practitioner/chw-2") => Some.Note(patient).Also(note => note["author"] = new JsonObject { ["reference"] = author, ["name"] = "A" }).ToJsonString();
}
