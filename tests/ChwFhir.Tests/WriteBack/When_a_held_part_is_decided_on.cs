using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Access;
using ChwFhir.Queue;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_held_part_is_decided_on
{
    private const string Id = "n1", Secret = "Her son takes the card";

    private static readonly Caller Clinician = Somebody("dr", Role.Clinician), SocialWorker = Somebody("sw", Role.SocialWorker), Supervisor = Somebody("sup", Role.Supervisor), Nurse = Somebody("rn", Role.Nurse),
        Writer = Somebody("chw", Role.Chw) with { Practitioner = "Practitioner/chw-1" }, OtherChw = Somebody("chw-2", Role.Chw) with { Practitioner = "Practitioner/chw-2" }, System = Somebody("engine", Role.Integration);

    [Test]
    public async Task Released_it_stands_in_the_document_that_replaces_the_first()
    {
        await using var service = await WrittenAsync(note => note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "told-in-confidence" } } ]"""));

        var part = (await HeldAsync(service, Clinician)).Parts.Single();
        var answer = await DecideAsync(service, Clinician, part, release: true);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(answer, Is.InstanceOf<HeldAnswer.Done>());
        Assert.That(Documents(service), Has.Count.EqualTo(2));
        Assert.That(Documents(service)[0], Does.Not.Contain(Secret));
        Assert.That(Documents(service)[1], Does.Contain(Secret).And.EndWith("CHW note ref n1/note.2"));
        var status = await service.StatusAsync(Id);
        Assert.That((status.State, status.Version), Is.EqualTo(("written", 2)));
        Assert.That(status.Resources.Select(row => row.Key), Has.None.StartWith("held/"));
        var after = await HeldAsync(service, Clinician);
        Assert.That((after.Count, after.Parts.Single().State, after.Parts.Single().Decision!.By), Is.EqualTo((0, "released", "dr")));
    }

    [Test]
    public async Task A_released_concern_brings_its_referral_along_and_a_later_visit_need_not_hold_it_again()
    {
        await using var service = await WrittenAsync(note =>
        {
            note["concerns"] = JsonNode.Parse("""[ { "id": "home", "domain": "intimate-partner-violence", "text": "Afraid at home" } ]""");
            note["referrals"] = JsonNode.Parse("""[ { "id": "shelter", "service": "safe-house", "reason": "home" } ]""");
        });
        var before = service.Ehr.All("ServiceRequest").Count;

        await DecideAsync(service, SocialWorker, (await HeldAsync(service, SocialWorker)).Parts.Single(), release: true);
        await service.WorkAsync();
        var later = SomeVisit.Note();
        (later["id"], later["concerns"]) = ("n2", JsonNode.Parse("""[ { "id": "home", "domain": "stress", "text": "Afraid at home" } ]"""));
        await service.PostAsync(later);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(before, Is.Zero);
        Assert.That(service.Ehr.All("Condition"), Has.Count.EqualTo(1));
        Assert.That((string?)service.Ehr.All("ServiceRequest").Single()["code"]!["text"], Is.EqualTo("safe-house"));
        Assert.That((await service.StatusAsync("n2")).Issues.Select(issue => issue.Code), Has.None.EqualTo("held-before"));
    }

    [Test]
    public async Task A_released_message_is_told_to_whom_it_was_meant_for()
    {
        await using var service = await WrittenAsync(note => note["messages"] = JsonNode.Parse($$"""
            [ { "id": "m1", "to": ["nurse"], "text": "{{Secret}}", "hold": { "why": "danger", "for": ["social-work"] } }, { "id": "m2", "to": ["nurse"], "text": "Bring the scale" } ]
            """));
        var told = await MessagesAsync(service);

        await DecideAsync(service, SocialWorker, (await HeldAsync(service, SocialWorker)).Parts.Single(), release: true);
        await service.WorkAsync();

        var now = await MessagesAsync(service);
        using var together = Assert.EnterMultipleScope();
        Assert.That(told["message/m1"].To.Single().Recipient, Is.EqualTo("social-work"));
        Assert.That((now["message/m1"].To.Single().Recipient, now["message/m1"].Held), Is.EqualTo(("nurse", false)));
        Assert.That(now["message/m2"].Number, Is.EqualTo(told["message/m2"].Number), "what was told already is not told again");
        Assert.That(service.Ehr.All("Communication"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Confirmed_it_stays_out_of_the_chart_whatever_is_amended()
    {
        await using var service = await WrittenAsync(note => note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "patient-asked" } } ]"""));

        var answer = await DecideAsync(service, SocialWorker, (await HeldAsync(service, SocialWorker)).Parts.Single(), release: false);
        await AmendAsync(service, note => note["narrative"] = "Other words.");
        await service.WorkAsync();

        var held = await HeldAsync(service, Clinician);
        using var together = Assert.EnterMultipleScope();
        Assert.That(answer, Is.InstanceOf<HeldAnswer.Done>());
        Assert.That(Documents(service), Has.None.Contains(Secret));
        Assert.That((held.Count, held.Parts.Single().State, held.Parts.Single().MayRelease), Is.EqualTo((1, "confirmed", true)));
    }

    [Test]
    public async Task Other_words_in_a_released_part_are_held_anew()
    {
        await using var service = await WrittenAsync(note => note["sections"] = JsonNode.Parse("""[ { "title": "Money", "text": "He pays late", "hold": { "why": "patient-asked" } } ]"""));
        var part = (await HeldAsync(service, Clinician)).Parts.Single();
        await DecideAsync(service, Clinician, part, release: true);
        await service.WorkAsync();

        await AmendAsync(service, note => note["sections"]![0]!["text"] = Secret);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(Documents(service), Has.Count.EqualTo(3).And.None.Contains(Secret));
        Assert.That((await HeldAsync(service, Clinician)).Parts.Single().State, Is.EqualTo("held"));
        Assert.That(await DecideAsync(service, Clinician, part, release: true), Is.InstanceOf<HeldAnswer.NoSuchPart>(), "what was read is not what stands there now");
    }

    [Test]
    public async Task Nobody_but_a_clinician_or_social_worker_decides()
    {
        await using var service = await WrittenAsync(note => note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "danger" } } ]"""));
        var part = (await HeldAsync(service, Writer)).Parts.Single();

        using var together = Assert.EnterMultipleScope();
        foreach (var caller in new[] { Writer, OtherChw, Supervisor, Nurse, System })
            Assert.That(await DecideAsync(service, caller, part, release: true), Is.InstanceOf<HeldAnswer.NoSuchPart>().Or.InstanceOf<HeldAnswer.NoSuchNote>(), caller.Subject);
        Assert.That((part.MayRelease, part.MayConfirm), Is.EqualTo((false, false)));
        await service.WorkAsync();
        Assert.That(Documents(service), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_held_is_read_by_those_whom_it_is_for()
    {
        await using var service = await WrittenAsync(note =>
        {
            note["concerns"] = JsonNode.Parse("""[ { "id": "home", "domain": "intimate-partner-violence", "text": "Afraid at home" } ]""");
            note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "told-in-confidence", "for": ["nurse"] } } ]""");
        });

        using var together = Assert.EnterMultipleScope();
        Assert.That(await SeenByAsync(service, Writer), Is.EquivalentTo(new[] { "concern/home", "section/1" }));
        Assert.That(await SeenByAsync(service, SocialWorker), Is.EquivalentTo(new[] { "concern/home", "section/1" }));
        Assert.That(await SeenByAsync(service, Supervisor), Is.EquivalentTo(new[] { "concern/home" }), "the section is for the nurse");
        Assert.That(await SeenByAsync(service, Clinician), Is.EquivalentTo(new[] { "section/1" }), "violence is for no care team");
        Assert.That(await SeenByAsync(service, Nurse), Is.EquivalentTo(new[] { "section/1" }));
        Assert.That(await SeenByAsync(service, OtherChw), Is.Empty);
        Assert.That((await HeldAsync(service, OtherChw)).Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Its_name_is_said_to_nobody_who_may_not_read_it()
    {
        await using var service = await WrittenAsync(note => note["concerns"] = JsonNode.Parse("""[ { "domain": "intimate-partner-violence", "text": "Afraid at home" } ]"""));

        var (clinician, writer) = (await service.Journey.FindAsync(Clinician, Id, NoteRights.Status, default), await service.Journey.FindAsync(Writer, Id, NoteRights.Status, default));
        var plan = clinician!.Show((await service.Journey.PlanAsync(Id, default))!);
        var listed = await service.Journey.ListAsync(Clinician, new NoteQuery(), default);

        using var together = Assert.EnterMultipleScope();
        Assert.That(writer!.Status.Resources.Select(row => row.Key), Has.Some.EqualTo("concern/intimate-partner-violence"));
        foreach (var seen in new object[] { clinician.Status, plan, listed! })
            Assert.That(global::System.Text.Json.JsonSerializer.Serialize(seen), Does.Not.Contain("violence").And.Contain("held/1"));
        Assert.That(clinician.Status.ShownOnlyInApp, Is.EqualTo(writer.Status.ShownOnlyInApp));
    }

    [Test]
    public async Task Of_a_patient_under_age_a_clinician_releases_and_nobody_else()
    {
        await using var service = TheService.Over(new ScriptedEhr(), ("Auth:Panel", "open"));
        service.Ehr.Put("""{"resourceType":"Patient","id":"p1","active":true,"birthDate":"2012-04-02","name":[{"family":"Okáfor-Lind","given":["Ada"]}]}""");
        var note = SomeVisit.Note();
        note["patient"] = JsonNode.Parse("""{ "reference": "Patient/p1" }""");
        note["concerns"] = new JsonArray();
        note["narrative"] = $"{Secret}. They ran out of food on Sunday.";
        note["screenings"] = JsonNode.Parse("""[ { "instrument": "phq-2", "answers": [ { "item": "44250-9", "answer": "LA6571-9" } ] } ]""");
        await service.PostAsync(note);
        await service.WorkAsync();

        var before = Documents(service).Single();
        var suggested = (await service.StatusAsync(Id)).Suggestions.Single();
        var parts = (await HeldAsync(service, SocialWorker)).Parts;
        var refused = await DecideAsync(service, SocialWorker, parts.Single(part => part.Key == "narrative"), release: true);
        var released = await DecideAsync(service, Clinician, parts.Single(part => part.Key == "narrative"), release: true);
        await service.WorkAsync();

        using var together = Assert.EnterMultipleScope();
        Assert.That(before, Does.Not.Contain(Secret).And.Not.Contain("PHQ"));
        Assert.That(suggested, Is.EqualTo(new NoteSuggestion(1, null, null) { Held = true }), "what its words seem to state is as held as they are");
        var open = (await service.StatusAsync(Id)).Suggestions.Single();
        Assert.That((open.Held, open.Code, open.Text), Is.EqualTo((false, "food-insecurity", "They ran out of food on Sunday")), "and no longer than they are");
        Assert.That(parts.Select(part => (part.Key, part.Why)), Is.EquivalentTo(new[] { ("narrative", "under-age"), ("screening/phq-2", "under-age") }));
        Assert.That(refused, Is.InstanceOf<HeldAnswer.ClinicianNeeded>());
        Assert.That(released, Is.InstanceOf<HeldAnswer.Done>());
        Assert.That(Documents(service)[1], Does.Contain(Secret).And.Not.Contain("PHQ"));
        Assert.That(service.Ehr.All("QuestionnaireResponse"), Is.Empty);
    }

    [Test]
    public async Task Of_a_patient_under_age_what_was_taken_over_from_the_words_waits_for_a_clinician_too_whatever_else_holds_it()
    {
        await using var service = TheService.Over(new ScriptedEhr(), ("Auth:Panel", "open"));
        service.Ehr.Put("""{"resourceType":"Patient","id":"p1","active":true,"birthDate":"2012-04-02","name":[{"family":"Okáfor-Lind","given":["Ada"]}]}""");
        var note = SomeVisit.Note();
        note["patient"] = JsonNode.Parse("""{ "reference": "Patient/p1" }""");
        note["narrative"] = "They ran out of food on Sunday.";
        note["concerns"] = JsonNode.Parse("""[ { "id": "food", "domain": "food-insecurity", "text": "They ran out of food on Sunday.", "hold": { "why": "patient-asked" }, "fromNarrative": { "by": "Lee" } }, { "id": "ride", "domain": "transportation-insecurity", "text": "No bus", "hold": { "why": "patient-asked" } } ]""");
        await service.PostAsync(note);
        await service.WorkAsync();

        var parts = (await HeldAsync(service, SocialWorker)).Parts;
        using var together = Assert.EnterMultipleScope();
        Assert.That(await DecideAsync(service, SocialWorker, parts.Single(part => part.Key == "concern/food"), release: true), Is.InstanceOf<HeldAnswer.ClinicianNeeded>());
        Assert.That(await DecideAsync(service, SocialWorker, parts.Single(part => part.Key == "concern/ride"), release: true), Is.InstanceOf<HeldAnswer.Done>(), "what was said beside the words, a social worker releases");
    }

    [Test]
    public async Task A_released_narrative_suggests_openly_and_what_is_taken_over_is_not_held()
    {
        await using var service = await WrittenAsync(note => (note["concerns"], note["narrative"], note["narrativeHold"]) = (new JsonArray(), "They ran out of food on Sunday.", JsonNode.Parse("""{ "why": "patient-asked" }""")));
        var before = (await service.StatusAsync(Id)).Suggestions.Single();

        await DecideAsync(service, Clinician, (await HeldAsync(service, Clinician)).Parts.Single(), release: true);
        await service.WorkAsync();
        var after = (await service.StatusAsync(Id)).Suggestions.Single();

        using var together = Assert.EnterMultipleScope();
        Assert.That(before, Is.EqualTo(new NoteSuggestion(1, null, null) { Held = true }));
        Assert.That((after.Held, after.Kind, after.Code), Is.EqualTo((false, "concern", "food-insecurity")));
        Assert.That(after.Part!.Value.TryGetProperty("hold", out _), Is.False);
    }

    [Test]
    public async Task A_caregivers_own_trouble_waits_for_the_caregiver()
    {
        await using var service = await WrittenAsync(note => note["concerns"] = JsonNode.Parse("""[ { "id": "tired", "domain": "caregiver-strain", "about": "caregiver", "text": "Does not sleep" } ]"""));

        var answer = await DecideAsync(service, Clinician, (await HeldAsync(service, Clinician)).Parts.Single(), release: true);

        Assert.That(answer, Is.InstanceOf<HeldAnswer.CaregiverDecides>());
    }

    [Test]
    public async Task Deciding_twice_is_deciding_once()
    {
        await using var service = await WrittenAsync(note => note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "{{Secret}}", "hold": { "why": "danger" } } ]"""));
        var part = (await HeldAsync(service, Clinician)).Parts.Single();

        await DecideAsync(service, Clinician, part, release: true);
        await DecideAsync(service, Clinician, part, release: true);
        await service.WorkAsync();
        var confirmed = await DecideAsync(service, Clinician, part, release: false);

        using var together = Assert.EnterMultipleScope();
        Assert.That((await service.StatusAsync(Id)).Version, Is.EqualTo(2));
        Assert.That(Documents(service), Has.Count.EqualTo(2));
        Assert.That(confirmed, Is.InstanceOf<HeldAnswer.ReleasedBefore>());
    }

    private static async Task<TheService> WrittenAsync(Action<JsonObject> say)
    {
        var service = TheService.Over(new ScriptedEhr(), ("Auth:Panel", "open"));
        var note = SomeVisit.Note();
        say(note);
        await service.PostAsync(note);
        await service.WorkAsync();
        return service;
    }

    private static async Task AmendAsync(TheService service, Action<JsonObject> say)
    {
        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
        var note = JsonNode.Parse((await service.Store.NewestInputAsync(stored.Number, default))!.Value.Span)!.AsObject();
        say(note);
        var answer = await service.Journey.AmendAsync(Id, stored.Revision, Encoding.UTF8.GetBytes(note.ToJsonString()), default);
        Assert.That(answer, Is.InstanceOf<Receipt.Accepted>());
    }

    private static async Task<HeldPartsView> HeldAsync(TheService service, Caller caller) => (await service.Part<HeldDesk>().ListAsync(caller, Id, default))!;

    private static async Task<IEnumerable<string>> SeenByAsync(TheService service, Caller caller) => (await HeldAsync(service, caller)).Parts.Select(part => part.Key);

    private static Task<HeldAnswer> DecideAsync(TheService service, Caller caller, HeldPartView part, bool release) => service.Part<HeldDesk>().DecideAsync(caller, Id, part.Id, release, "talked it over", default);

    private static async Task<Dictionary<string, StoredMessage>> MessagesAsync(TheService service)
    {
        var found = new Dictionary<string, StoredMessage>();
        foreach (var message in (await service.StatusAsync(Id)).Messages)
            found[message.Key] = (await service.Store.FindMessageAsync(ScriptedEhr.BaseUrl, Id, message.Key, default))!;
        return found;
    }

    private static List<string> Documents(TheService service) =>
        [.. service.Ehr.All("DocumentReference").Select(document => Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!)).TrimEnd()).OrderBy(text => text[(text.LastIndexOf('\n') + 1)..], StringComparer.Ordinal)];

    private static Caller Somebody(string subject, Role role) => new(subject, subject, new HashSet<Role> { role }, $"Practitioner/{subject}", CallerKind.Token, null);
}
