using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_an_earlier_visit_is_known
{
    [Test]
    public async Task A_goals_id_used_for_something_else_is_kept_apart()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Visit("n1", 3, "Sit in the garden again"));
        await service.WorkAsync();
        await service.PostAsync(Visit("n2", 10, "Open the hospital bills"));

        await service.WorkAsync();

        var status = await service.StatusAsync("n2");
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("id-reused"));
        Assert.That(service.Ehr.All("Goal"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_is_ours_is_looked_for_in_the_patients_own_chart()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Visit("n1", 3, "Sit in the garden again"));

        await service.WorkAsync();

        var searches = service.Ehr.Addresses.Where(address => address.Contains("/Goal?", StringComparison.Ordinal) || address.Contains("/CarePlan?", StringComparison.Ordinal));
        Assert.That(searches, Is.Not.Empty.And.All.Contains("identifier=").And.All.Contains("patient=Patient%2Fp1"));
    }

    [Test]
    public async Task Where_no_condition_guards_a_create_it_is_looked_for_in_all_charts()
    {
        await using var service = TheService.Over(new ScriptedEhr { ConditionalCreates = false });
        await service.PostAsync(Visit("n1", 3, "Sit in the garden again"));

        await service.WorkAsync();

        Assert.That(service.Ehr.Addresses.Where(address => address.Contains("/Goal?", StringComparison.Ordinal)), Is.Not.Empty.And.None.Contains("patient="));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_somebody_moved_to_another_chart_is_not_changed_there_and_a_person_hears_of_it(bool remembered)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Visit("n1", 3, "Sit in the garden again"));
        await service.WorkAsync();
        var goal = service.Ehr.All("Goal").Single();
        goal["subject"] = new JsonObject { ["reference"] = "Patient/p2" };
        if (!remembered)
            await service.ForgetAsync();
        await service.PostAsync(Visit("n2", 10, "Sit in the garden every day"));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n2")).Issues.Select(issue => issue.Code), Does.Contain("of-another-patient"));
        Assert.That(service.Ehr.All("Goal").Select(one => (string?)one["meta"]!["versionId"]), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task A_clinicians_wording_stands_beside_the_patients_words()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Visit("n1", 3, "Sit in the garden again"));
        await service.WorkAsync();
        var later = Visit("n2", 10, "Improve exercise tolerance");
        later["goals"]![0]!["wordsOf"] = "clinician";
        await service.PostAsync(later);

        await service.WorkAsync();

        var goal = service.Ehr.All("Goal").Single().ToString();
        Assert.That(goal, Does.Contain("Sit in the garden again").And.Contain("words: Improve exercise tolerance"));
    }

    [TestCase("""{ "symptoms": [ { "symptom": "pain", "score": 3 } ] }""")]
    [TestCase("""{ "screenings": [ { "instrument": "esas-r", "answers": [ { "item": "pain", "answer": 3 } ] } ] }""")]
    public async Task A_symptom_two_above_its_last_score_is_a_red_flag(string before)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(With(SomeVisit.Note("n1"), before));
        await service.WorkAsync();
        await service.PostAsync(With(SomeVisit.Note("n2", day: 10), """{ "symptoms": [ { "symptom": "pain", "score": 5 } ] }"""));

        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n2")).Issues.Where(issue => issue.Code == "red-flag").Select(issue => issue.Detail), Has.Some.Contain("up from 3"));
    }

    [Test]
    public async Task A_wish_in_the_narrative_has_the_charts_code_status_behind_it()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Consent","id":"c1","status":"active","patient":{"reference":"Patient/p1"},"dateTime":"2026-10-01","category":[{"text":"Full code"}]}""");
        var note = SomeVisit.Note();
        note["narrative"] = "She would not want CPR.";
        await service.PostAsync(note);

        await service.WorkAsync();

        var stored = await service.Store.FindAsync(ScriptedEhr.BaseUrl, "n1", default);
        Assert.That((await service.Store.ReadContentAsync(stored!.Number, default)).Document, Does.Contain("Code status in the chart: Full code, 2026-10-01."));
    }

    [Test]
    public async Task A_concern_that_was_held_stays_held_for_a_visit_that_only_names_it()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(With(SomeVisit.Note("n1"), """{ "concerns": [ { "id": "secret", "domain": "stress", "text": "MARKER", "hold": { "why": "told-in-confidence" } } ], "goals": [] }"""));
        await service.WorkAsync();
        await service.PostAsync(With(SomeVisit.Note("n2", day: 10), """
            { "concerns": [], "goals": [ { "id": "g", "text": "MARKER of a goal", "addresses": ["secret"] } ], "referrals": [ { "id": "r", "service": "MARKER shelter", "reason": "secret" } ],
              "messages": [ { "id": "m1", "to": ["nurse"], "text": "MARKER in a message", "about": ["concern/secret"] } ] }
            """));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync("n2")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.Showing("MARKER").Concat(service.Ehr.Showing("secret")), Is.Empty);
        Assert.That((await service.StatusAsync("n2")).ShownOnlyInApp, Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task A_concern_that_was_held_is_not_released_by_forgetting_the_hold_but_by_amending_the_note_that_held_it()
    {
        const string Held = """{ "concerns": [ { "id": "secret", "domain": "stress", "text": "MARKER", "hold": { "why": "told-in-confidence" } } ], "goals": [] }""";
        const string Open = """{ "concerns": [ { "id": "secret", "domain": "stress", "text": "MARKER" } ], "goals": [] }""";
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(With(SomeVisit.Note("n1"), Held));
        await service.WorkAsync();
        await service.PostAsync(With(SomeVisit.Note("n2", day: 10), Open));
        await service.WorkAsync();
        var (whileHeld, status) = (service.Ehr.Showing("MARKER"), await service.StatusAsync("n2"));

        var first = await service.StatusAsync("n1");
        await service.Journey.AmendAsync("n1", first.Revision, When_a_note_is_amended.Amended(_ => { }, With(SomeVisit.Note("n1"), Open)), default);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(whileHeld, Is.Empty);
        Assert.That(status.Issues.Select(issue => (issue.Code, issue.Pointer)), Does.Contain(("held-before", "/concerns/0")));
        Assert.That(service.Ehr.All("Condition").Select(one => (string?)one["code"]!["text"]), Is.EqualTo(new[] { "MARKER" }));
    }

    [Test]
    public async Task A_caregivers_own_trouble_holds_back_none_of_the_patients()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(With(SomeVisit.Note("n1"), """{ "concerns": [ { "domain": "grief", "about": "caregiver", "text": "MARKER" } ], "goals": [] }"""));
        await service.WorkAsync();
        await service.PostAsync(With(SomeVisit.Note("n2", day: 10), """{ "concerns": [ { "domain": "grief", "text": "Lost her sister" } ], "goals": [ { "id": "g", "text": "Talk of it", "addresses": ["grief"] } ] }"""));

        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(service.Ehr.All("Condition").Select(one => (string?)one["code"]!["text"]), Is.EqualTo(new[] { "Lost her sister" }));
        Assert.That(service.Ehr.All("Goal"), Has.Count.EqualTo(1));
        Assert.That(service.Ehr.Showing("MARKER"), Is.Empty);
    }

    private static JsonObject Visit(string id, int day, string goal)
    {
        var note = SomeVisit.Note(id, day);
        note["goals"]![0]!["text"] = goal;
        return note;
    }

    private static JsonObject With(JsonObject note, string members)
    {
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            note[name] = value?.DeepClone();
        return note;
    }
}
