using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_a_note_holds_something_since_it_was_amended
{
    private const string Id = "n1", Hold = """{ "why": "danger", "for": ["social-work"] }""";

    [Test]
    public async Task What_a_version_held_that_was_never_sent_is_the_records_offices_too()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();

        await AmendAsync(service, note => note["concerns"]![0]!["hold"] = JsonNode.Parse(Hold));
        await AmendAsync(service, note => note["concerns"]!.AsArray().RemoveAt(0));
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Version, service.Ehr.All("DocumentReference").Count), Is.EqualTo(("written", 3, 2)), string.Join("; ", status.Issues));
        Assert.That(status.Removals.Select(row => row.Type), Is.EquivalentTo(new[] { "Condition", "DocumentReference" }));
        Assert.That(Text(service.Ehr, "n1/note.2"), Does.Not.Contain("bank card").And.Contain("corrects"), "what is gone has no name in it");
    }

    [Test]
    public async Task What_stood_beside_a_hold_until_a_later_amendment_is_the_records_offices_too()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => note["concerns"]![0]!["hold"] = JsonNode.Parse(Hold));
        await service.WorkAsync();
        var before = await service.StatusAsync(Id);

        await AmendAsync(service, note => (note["concerns"]![0]!["hold"], note["goals"]) = (JsonNode.Parse(Hold), new JsonArray()));
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"), string.Join("; ", status.Issues));
        Assert.That(before.Removals.Select(row => row.Type), Is.EquivalentTo(new[] { "Condition", "DocumentReference" }));
        Assert.That(status.Removals.Select(row => row.Type), Is.SupersetOf(new[] { "Condition", "Goal", "DocumentReference", "DocumentReference" }));
        Assert.That(Text(service.Ehr, "n1/note.2"), Does.Contain("The card is mine again"), "what the office is asked for is there");
        Assert.That(Text(service.Ehr, "n1/note.3"), Does.Not.Contain("card"), "what is gone has no name in it");
    }

    [Test]
    public async Task A_document_that_names_what_it_no_longer_says_is_the_records_offices_too()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => note["concerns"]!.AsArray().RemoveAt(0));
        await service.WorkAsync();

        await AmendAsync(service, note => note["concerns"]![0] = JsonNode.Parse($$"""{ "id": "other", "domain": "other", "text": "Somebody has her savings", "hold": {{Hold}} }"""));
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(Text(service.Ehr, "n1/note.2"), Does.Contain("No longer said: the need \"Her son takes the bank card\""));
        Assert.That(status.Removals.Where(row => row.Type == "DocumentReference").Select(row => row.Key), Is.EquivalentTo(new[] { "note.1", "note.2" }));
    }

    [Test]
    public async Task A_document_that_says_no_more_than_the_last_one_nobody_is_asked_to_take_out()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => note["concerns"]![0]!["hold"] = JsonNode.Parse(Hold));
        await service.WorkAsync();

        await AmendAsync(service, note => (note["concerns"]![0]!["hold"], note["sections"]) = (JsonNode.Parse(Hold), JsonNode.Parse("""[ { "title": "Kitchen", "text": "Warm." } ]""")));
        await service.WorkAsync();

        Assert.That((await service.StatusAsync(Id)).Removals.Where(row => row.Type == "DocumentReference").Select(row => row.Key), Is.EqualTo(new[] { "note.1" }));
    }

    [Test]
    public async Task What_is_told_openly_in_other_words_tells_nothing_of_those_before()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => note["concerns"]![0] = JsonNode.Parse($$"""{ "id": "other", "domain": "other", "text": "Somebody has her savings", "hold": {{Hold}} }"""));
        await service.WorkAsync();
        var held = await service.StatusAsync(Id);

        await AmendAsync(service, note => note["concerns"]![0] = JsonNode.Parse("""{ "id": "other", "domain": "other", "text": "Somebody has her savings" }"""));
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(held.Removals.Select(row => row.Type), Is.EquivalentTo(new[] { "Condition", "DocumentReference" }));
        Assert.That(status.Removals.Select(row => row.Type), Is.EquivalentTo(new[] { "Condition", "DocumentReference" }), string.Join("; ", status.Removals));
        Assert.That(Text(service.Ehr, "n1/note.3"), Does.Contain("savings").And.Not.Contain("bank card"));
    }

    [Test]
    public async Task What_is_changed_beside_what_was_held_from_the_first_is_a_correction_like_any_other()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        static JsonObject Held()
        {
            var note = Note();
            note["sections"] = JsonNode.Parse($$"""[ { "title": "Money", "text": "He took her to the bank.", "hold": {{Hold}} } ]""");
            return note;
        }
        await service.PostAsync(Held());
        await service.WorkAsync();
        var amended = Held();
        amended["visit"]!["end"] = "2026-11-03T15:40:00-05:00";
        amended["sections"]!.AsArray().Insert(0, JsonNode.Parse("""{ "title": "Kitchen", "text": "Warm." }"""));
        amended["goals"] = new JsonArray();

        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
        await service.Journey.AmendAsync(Id, stored.Revision, When_a_note_is_amended.Amended(_ => { }, amended), default);
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Removals.Count), Is.EqualTo(("written", 0)), string.Join("; ", status.Removals));
        Assert.That(Text(service.Ehr, "n1/note.2"), Does.Contain("No longer said").And.Contain("The card is mine again"));
    }

    [Test]
    public async Task What_says_more_than_before_is_not_the_records_offices()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => note["concerns"]![0]!["hold"] = JsonNode.Parse(Hold));
        await service.WorkAsync();

        await AmendAsync(service, note => (note["concerns"]![0]!["hold"], note["goals"]![0]!["text"]) = (JsonNode.Parse(Hold), "The card is mine again, and the garden"));
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        Assert.That(service.Ehr.All("Goal").Select(goal => (string?)goal["description"]!["text"]), Does.Contain("The card is mine again, and the garden"));
        Assert.That(status.Removals.Select(row => row.Type), Has.None.EqualTo("Goal"), string.Join("; ", status.Removals));
    }

    [TestCase("sections", """[ { "title": "Money", "text": "He took her to the bank." } ]""")]
    [TestCase("concerns", """[ { "id": "money", "domain": "financial-insecurity", "text": "Her son takes the bank card" } ]""")]
    public async Task What_is_told_again_hides_nothing_whatever_points_at_it(string member, string part)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        JsonObject Told(bool held)
        {
            var note = Note();
            note[member] = JsonNode.Parse(part);
            note["goals"] = JsonNode.Parse("""[ { "id": "card", "text": "The card is mine again", "addresses": ["money"] }, { "id": "walk", "text": "A walk a day" } ]""");
            if (held)
                note[member]![0]!["hold"] = JsonNode.Parse(Hold);
            return note;
        }
        await service.PostAsync(Told(held: false));
        await service.WorkAsync();
        foreach (var content in new[] { Told(held: true), Told(held: false) })
        {
            if (content[member]![0]!["hold"] is null)
                content["goals"]!.AsArray().RemoveAt(1);
            var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
            await service.Journey.AmendAsync(Id, stored.Revision, When_a_note_is_amended.Amended(_ => { }, content), default);
            await service.WorkAsync();
        }

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Removals.Count), Is.EqualTo(("written", 0)), string.Join("; ", status.Removals));
        Assert.That(Text(service.Ehr, "n1/note.3"), Does.Contain("A walk a day"), "what it no longer says has its name");
    }

    [Test]
    public async Task What_is_changed_after_the_hold_was_lifted_is_a_correction_like_any_other()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => note["concerns"]![0]!["hold"] = JsonNode.Parse(Hold));
        await service.WorkAsync();

        await AmendAsync(service, note => note["goals"] = new JsonArray());
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Removals.Count), Is.EqualTo(("written", 0)), string.Join("; ", status.Removals));
        Assert.That(Text(service.Ehr, "n1/note.3"), Does.Contain("The card is mine again"), "what it no longer says has its name");
    }

    [Test]
    public async Task What_went_with_the_amendment_that_held_something_stands_again_when_the_hold_is_lifted()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(Note());
        await service.WorkAsync();
        await AmendAsync(service, note => (note["concerns"]![0]!["hold"], note["goals"]) = (JsonNode.Parse(Hold), new JsonArray()));
        await service.WorkAsync();
        var held = await service.StatusAsync(Id);

        await AmendAsync(service, note => note["goals"] = new JsonArray());
        await service.WorkAsync();

        var status = await service.StatusAsync(Id);
        using var together = Assert.EnterMultipleScope();
        Assert.That(held.Removals.Select(row => row.Type), Is.SupersetOf(new[] { "Condition", "Goal", "DocumentReference" }));
        Assert.That((status.State, status.Removals.Count), Is.EqualTo(("written", 0)), string.Join("; ", status.Removals));
        Assert.That(status.Issues.Select(issue => issue.Code), Has.None.EqualTo("removal-asked"));
    }

    private static JsonObject Note()
    {
        var note = SomeVisit.Note();
        note["concerns"]!.AsArray().Insert(0, JsonNode.Parse("""{ "id": "money", "domain": "financial-insecurity", "text": "Her son takes the bank card" }"""));
        note["goals"] = JsonNode.Parse("""[ { "id": "card", "text": "The card is mine again" } ]""");
        return note;
    }

    // Each is the first note with one change.
    private static async Task AmendAsync(TheService service, Action<JsonObject> change)
    {
        var stored = (await service.Store.FindAsync(ScriptedEhr.BaseUrl, Id, default))!;
        Assert.That(await service.Journey.AmendAsync(Id, stored.Revision, When_a_note_is_amended.Amended(change, Note()), default), Is.InstanceOf<Receipt.Accepted>());
    }

    private static string Text(ScriptedEhr ehr, string name) =>
        ehr.All("DocumentReference").Where(document => (string?)document["identifier"]![0]!["value"] == name).Select(document => Encoding.UTF8.GetString(Convert.FromBase64String((string)document["content"]![0]!["attachment"]!["data"]!))).Single();
}
