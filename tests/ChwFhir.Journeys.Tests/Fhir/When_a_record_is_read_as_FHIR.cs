using System.Net;
using System.Text.Json.Nodes;
using ChwFhir.Audit;
using ChwFhir.Journeys.Identity;
using ChwFhir.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_a_record_is_read_as_FHIR
{
    private PanelTown town = null!;
    private string second = "";

    [OneTimeSetUp]
    public async Task Start() => (town, _, second) = await FhirTown.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [TestCase("CarePlan", 1, Description = "one plan over all visits")]
    [TestCase("Goal", 1)]
    [TestCase("Condition", 1)]
    [TestCase("ServiceRequest", 1)]
    [TestCase("RelatedPerson", 1)]
    [TestCase("Encounter", 2)]
    [TestCase("DocumentReference", 2)]
    [TestCase("Communication", 2)]
    [TestCase("QuestionnaireResponse", 2)]
    [TestCase("Provenance", 2)]
    public async Task Every_type_is_found_by_the_patient(string type, int count)
    {
        var (status, bundle) = await town.Dolores.GetAsync($"/fhir/{type}?patient=rosa-m");

        using var together = Assert.EnterMultipleScope();
        Assert.That((status, (string?)bundle?["type"], (int?)bundle?["total"]), Is.EqualTo((200, "searchset", count)), bundle?.ToJsonString());
        Assert.That(FhirTown.Resources(bundle).Select(one => (string?)one["resourceType"]).Distinct(), Is.EqualTo(new[] { type }));
    }

    [TestCase("dolores", "chw", 200)]
    [TestCase("grace", "supervisor", 200)]
    [TestCase("ben", "chw", 404)]
    [TestCase("henry", "supervisor", 404)]
    [TestCase("dana", "director", 403)]
    [TestCase("petra", "privacy", 403)]
    [TestCase("engine", "integration", 403)]
    [TestCase("olga", "clinician", 404)]
    [TestCase("miriam", "clinician", 200)]
    public async Task Plan_messages_and_notes_are_for_those_who_may_see_the_patient(string subject, string role, int expected)
    {
        var somebody = town.Of(subject, role, ("fhirUser", subject == "miriam" ? "Practitioner/pall-1" : "Practitioner/other-1"));

        foreach (var type in new[] { "CarePlan", "Communication", "DocumentReference" })
        {
            var (status, body) = await somebody.GetAsync($"/fhir/{type}?patient=Patient/rosa-m");
            Assert.That((status, (string?)body?["resourceType"]), Is.EqualTo((expected, expected == 200 ? "Bundle" : "OperationOutcome")), type);
        }
    }

    [Test]
    public async Task Outside_of_the_panel_an_id_leads_nowhere_and_the_audit_log_hears_of_it()
    {
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Condition?patient=rosa-m")).Body).Single();

        var read = await town.Ben.GetAsync($"/fhir/Condition/{id}");
        var never = await town.Ben.GetAsync("/fhir/Condition/999999-6f3c1d0a-5b0e-5d0c-9c55-2a4d8f7c1e63");
        var found = await town.Ben.GetAsync($"/fhir/Condition?_id={id}");
        var log = await town.Town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter(), default);

        using var together = Assert.EnterMultipleScope();
        Assert.That((read.Status, found.Status, (int?)found.Body!["total"]), Is.EqualTo((404, 200, 0)));
        Assert.That(read.Body!.ToJsonString(), Is.EqualTo(never.Body!.ToJsonString()), "the same words as for what is not there");
        Assert.That(log.Items.Select(item => item.Record).Where(record => record.Subject == "ben").Select(record => (record.Patient, record.Kind, record.Outcome)), Does.Contain(("Patient/rosa-m", "Condition", AuditOutcome.Refused)));
    }

    [Test]
    public async Task Of_a_search_over_several_patients_the_log_says_of_each_what_was_read()
    {
        await FhirTown.HandInAsync(town.Ben, Some.Note("Patient/thomas-n").Also(note => note["author"]!["reference"] = "Practitioner/chw-2"));
        var mine = FhirTown.Ids((await town.Ben.GetAsync("/fhir/DocumentReference?patient=thomas-n")).Body).First();
        var theirs = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Condition?patient=rosa-m")).Body).Single();

        await town.Ben.GetAsync($"/fhir/DocumentReference?_id={mine},{theirs}");
        var log = await town.Town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter(), default);

        Assert.That(log.Items.Select(item => item.Record).Where(record => record.Subject == "ben" && record.Kind == "DocumentReference").Select(record => (record.Patient, record.Outcome, record.Why)).Take(2),
            Is.EquivalentTo(new[] { ("Patient/thomas-n", AuditOutcome.Success, (string?)null), ("Patient/rosa-m", AuditOutcome.Refused, "not-in-panel") }));
    }

    [Test]
    public async Task What_is_read_is_in_the_audit_log()
    {
        await town.Supervisor.GetAsync("/fhir/Goal?patient=rosa-m");
        var log = await town.Town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter(), default);

        Assert.That(log.Items.Select(item => item.Record).Where(record => record.Subject == "grace").Select(record => (record.Action, record.Patient, record.Kind, record.Outcome)),
            Does.Contain((AuditAction.Read, "Patient/rosa-m", "Goal", AuditOutcome.Success)));
    }

    [Test]
    public async Task A_clinician_who_breaks_the_glass_sees_it()
    {
        var olga = town.Of("olga", "clinician", ("fhirUser", "Practitioner/other-1"));

        var (status, bundle) = await olga.SendAsync(HttpMethod.Get, "/fhir/CarePlan?patient=rosa-m", null, ("X-Break-Glass", "found unconscious at home, history unknown"));

        Assert.That((status, (int?)bundle?["total"]), Is.EqualTo((200, 1)));
    }

    [Test]
    public async Task A_reason_is_about_one_patient()
    {
        await FhirTown.HandInAsync(town.Ben, Some.Note("Patient/thomas-n").Also(note => note["author"]!["reference"] = "Practitioner/chw-2"));
        var olga = town.Of("olga", "clinician", ("fhirUser", "Practitioner/other-1"));
        var thomas = FhirTown.Ids((await town.Ben.GetAsync("/fhir/DocumentReference?patient=thomas-n")).Body).First();
        var rosa = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/DocumentReference?patient=rosa-m")).Body).ToList();
        (string, string) reason = ("X-Break-Glass", "found unconscious at home, history unknown");

        var both = await olga.SendAsync(HttpMethod.Get, $"/fhir/DocumentReference?_id={thomas},{rosa[0]}", null, reason);
        var one = await olga.SendAsync(HttpMethod.Get, $"/fhir/DocumentReference?_id={string.Join(',', rosa)}", null, reason);
        var log = await town.Town.Services.GetRequiredService<AuditLog>().ListAsync(new AuditFilter(), default);

        using var together = Assert.EnterMultipleScope();
        Assert.That((both.Status, (string?)both.Body!["resourceType"], (string?)both.Body["issue"]![0]!["expression"]![0]), Is.EqualTo((400, "OperationOutcome", "http._id")));
        Assert.That((one.Status, (int?)one.Body!["total"]), Is.EqualTo((200, rosa.Count)));
        Assert.That(log.Items.Select(item => item.Record).Where(record => record.Subject == "olga" && record.Patient == "Patient/thomas-n").Select(record => (record.Action, record.Outcome, record.Why)),
            Is.EqualTo(new[] { (AuditAction.BreakGlass, AuditOutcome.Refused, (string?)"one-patient-at-a-time") }));
    }

    [TestCase("_elements=description", "resourceType,id,meta,lifecycleStatus,description,subject")]
    [TestCase("_summary=text", "resourceType,id,meta,lifecycleStatus,description,subject")]
    public async Task Who_wants_a_part_is_given_that_part_and_told_that_it_is_one(string parameter, string expected)
    {
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Goal?patient=rosa-m")).Body).Single();

        var (_, read) = await town.Dolores.GetAsync($"/fhir/Goal/{id}?{parameter}");
        var (_, found) = await town.Dolores.GetAsync($"/fhir/Goal?patient=rosa-m&{parameter}");
        var wrong = await town.Dolores.GetAsync($"/fhir/Goal/{id}?_summary=everything");

        using var together = Assert.EnterMultipleScope();
        Assert.That(wrong.Status, Is.EqualTo(400));
        foreach (var goal in new[] { read!.AsObject(), FhirTown.Resources(found).Single() })
        {
            Assert.That(goal.Select(member => member.Key).Where(name => name != "text"), Is.EquivalentTo(expected.Split(',')));
            Assert.That(goal["meta"]!["tag"]!.AsArray().Select(tag => (string?)tag!["code"]), Does.Contain("SUBSETTED"));
        }
    }

    [Test]
    public async Task A_summary_of_a_document_has_no_document()
    {
        var (_, bundle) = await town.Dolores.GetAsync("/fhir/DocumentReference?patient=rosa-m&_summary=true");

        var document = FhirTown.Resources(bundle).First();
        Assert.That(((string?)document["content"]![0]!["attachment"]!["contentType"], document["content"]![0]!["attachment"]!["data"], document["docStatus"] is not null, document["text"]), Is.EqualTo(("text/plain", (JsonNode?)null, true, (JsonNode?)null)));
    }

    [TestCase("/fhir/metadata")]
    [TestCase("/fhir/Goal?patient=rosa-m")]
    public async Task HEAD_is_GET_without_the_body(string path)
    {
        using var answer = await town.Dolores.RawAsync(HttpMethod.Head, path, null);

        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, (await answer.Content.ReadAsByteArrayAsync()).Length), Is.EqualTo((HttpStatusCode.OK, "application/fhir+json", 0)));
    }

    [Test]
    public async Task What_is_held_back_is_counted_and_nowhere_to_be_read()
    {
        var words = new List<string>();
        foreach (var type in new[] { "Condition", "CarePlan", "Communication", "DocumentReference", "Goal", "Observation", "Provenance", "Task", "Encounter", "ServiceRequest" })
            words.Add((await town.Dolores.GetAsync($"/fhir/{type}?patient=rosa-m")).Body!.ToJsonString());
        var documents = (await town.Dolores.GetAsync("/fhir/DocumentReference?patient=rosa-m")).Body;
        var texts = FhirTown.Resources(documents).SelectMany(document => document["content"]!.AsArray()).Select(content => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)content!["attachment"]!["data"]!)));

        using var together = Assert.EnterMultipleScope();
        Assert.That(words[0], Does.Contain(FhirTown.Food));
        Assert.That(string.Concat(words) + string.Concat(texts), Does.Not.Contain(FhirTown.Held));
        Assert.That(FhirTown.Resources(documents, "outcome").Single()["issue"]!.AsArray().Select(issue => ((string?)issue!["code"], (string?)issue["diagnostics"])), Does.Contain(("suppressed", "held")));
    }

    [Test]
    public async Task Every_reference_leads_to_what_is_here_or_to_the_EHR()
    {
        var here = new HashSet<string>();
        var references = new List<string>();
        foreach (var type in new[] { "CarePlan", "Communication", "Condition", "DocumentReference", "Encounter", "Goal", "Observation", "Provenance", "QuestionnaireResponse", "RelatedPerson", "ServiceRequest", "Task" })
        {
            foreach (var resource in FhirTown.Resources((await town.Dolores.GetAsync($"/fhir/{type}?patient=rosa-m&_count=200")).Body))
            {
                here.Add($"{type}/{resource["id"]}");
                references.AddRange(References(resource));
            }
        }

        var ehr = town.Town.EhrBaseUrl.AbsoluteUri.TrimEnd('/') + "/";
        Assert.That(references.Where(reference => !here.Contains(reference) && !reference.StartsWith(ehr, StringComparison.Ordinal) && !reference.StartsWith('#')), Is.Empty);
        Assert.That(references, Does.Contain(ehr + "Patient/rosa-m"));
    }

    [Test]
    public async Task The_same_resource_has_the_same_id_when_its_note_is_amended_and_another_version()
    {
        var before = (await town.Dolores.GetAsync($"/fhir/DocumentReference?patient=rosa-m&date=ge2026-02-01")).Body;
        var document = FhirTown.Resources(before).Single();
        var status = await town.Dolores.RawAsync(HttpMethod.Get, $"/api/v1/visit-notes/{second}", null);
        var note = FhirTown.Note("2026-02-09", "Second visit, told anew.");
        note["id"] = second;

        var amended = await town.Dolores.SendAsync(HttpMethod.Put, $"/api/v1/visit-notes/{second}", note.ToJsonString(), ("If-Match", status.Headers.ETag!.ToString()));
        await PanelTown.SettledAsync(town.Dolores, second);
        var (read, after) = await town.Dolores.GetAsync($"/fhir/DocumentReference/{document["id"]}");

        using var together = Assert.EnterMultipleScope();
        Assert.That((amended.Status, read), Is.EqualTo((202, 200)));
        Assert.That((string?)after!["meta"]!["versionId"], Does.StartWith("2.").And.Not.EqualTo((string?)document["meta"]!["versionId"]));
        Assert.That(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)after["content"]![0]!["attachment"]!["data"]!)), Does.Contain("told anew"));
    }

    [Test]
    public async Task What_somebody_has_already_is_not_sent_again()
    {
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/CarePlan?patient=rosa-m")).Body).Single();
        using var first = await town.Dolores.RawAsync(HttpMethod.Get, $"/fhir/CarePlan/{id}", null);

        using var again = await town.Dolores.RawAsync(HttpMethod.Get, $"/fhir/CarePlan/{id}", null, ("If-None-Match", first.Headers.ETag!.ToString()));

        using var together = Assert.EnterMultipleScope();
        Assert.That((first.StatusCode, first.Content.Headers.ContentType!.MediaType, first.Headers.ETag!.IsWeak), Is.EqualTo((HttpStatusCode.OK, "application/fhir+json", true)));
        Assert.That((again.StatusCode, await again.Content.ReadAsStringAsync(), again.Headers.ETag), Is.EqualTo((HttpStatusCode.NotModified, "", first.Headers.ETag)));
    }

    [Test]
    public async Task A_note_that_was_taken_back_is_gone()
    {
        var note = FhirTown.Note("2026-03-02", "A mistake.");
        await FhirTown.HandInAsync(town.Dolores, note);
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Encounter?patient=rosa-m&date=2026-03-02")).Body).Single();
        await town.Dolores.PostAsync($"/api/v1/visit-notes/{note["id"]}/retract", """{ "reason": "entered-in-error" }""");

        var (status, body) = await town.Dolores.GetAsync($"/fhir/Encounter/{id}");
        var (_, found) = await town.Dolores.GetAsync($"/fhir/Encounter?_id={id}");

        Assert.That((status, (string?)body!["issue"]![0]!["code"], (int?)found!["total"]), Is.EqualTo((410, "deleted", 0)));
        var number = id.Split('-')[0];
        foreach (var never in new[] { $"Goal/{id}", $"Encounter/{number}-6f3c1d0a-5b0e-5d0c-9c55-2a4d8f7c1e63", $"Encounter/{number}", $"QuestionnaireResponse/{number}" })
            Assert.That((await town.Dolores.GetAsync($"/fhir/{never}")).Status, Is.EqualTo(404), never);
        Assert.That((await town.Dolores.GetAsync($"/fhir/DocumentReference/{number}")).Status, Is.EqualTo(410), "the note's document is its number");
    }

    [Test]
    public async Task A_note_that_was_taken_back_is_gone_also_when_only_what_came_in_of_it_is_kept()
    {
        var note = Some.Note("Patient/rosa-m", narrative: "Written long ago.");
        (note["visit"]!["start"], note["visit"]!["end"]) = ("2026-03-09T14:05:00-05:00", "2026-03-09T15:10:00-05:00");
        await FhirTown.HandInAsync(town.Dolores, note);
        var id = FhirTown.Ids((await town.Dolores.GetAsync("/fhir/Encounter?patient=rosa-m&date=2026-03-09")).Body).Single();
        var (cleared, _) = await town.Town.Services.GetRequiredService<NoteStore>().PruneAsync(long.Parse(id.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture) - 1, DateTimeOffset.MaxValue, 1, CancellationToken.None);

        await town.Dolores.PostAsync($"/api/v1/visit-notes/{note["id"]}/retract", """{ "reason": "entered-in-error" }""");
        var gone = (await town.Dolores.GetAsync($"/fhir/Encounter/{id}")).Status;
        await PanelTown.SettledAsync(town.Dolores, (string)note["id"]!);

        Assert.That((cleared, gone, (await town.Dolores.GetAsync($"/fhir/Encounter/{id}")).Status), Is.EqualTo((1, 410, 410)));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member is { Key: "reference", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
