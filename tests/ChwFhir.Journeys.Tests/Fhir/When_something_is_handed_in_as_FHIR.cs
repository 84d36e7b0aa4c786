using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Journeys.Identity;
using ChwFhir.Testing;

namespace ChwFhir.Journeys.Fhir;

internal sealed class When_something_is_handed_in_as_FHIR
{
    private Town town = null!;

    [OneTimeSetUp]
    public async Task Start() => town = await Town.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await town.DisposeAsync();

    [Test]
    public async Task A_completed_screening_is_found_where_the_answer_says()
    {
        using var answer = await PostAsync("QuestionnaireResponse", Screening("at-its-location").ToJsonString());
        var read = await ReadAsync(answer.Headers.Location!);
        using var found = await town.Http.GetAsync("/fhir/QuestionnaireResponse?patient=marion-o");
        var bundle = JsonNode.Parse(await found.Content.ReadAsStringAsync());

        using var together = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, (string?)(await BodyAsync(answer))["resourceType"]), Is.EqualTo((HttpStatusCode.Accepted, "OperationOutcome")));
        Assert.That(((string?)read["resourceType"], (string?)read["identifier"]!["value"]), Is.EqualTo(("QuestionnaireResponse", "at-its-location")));
        Assert.That(answer.Headers.Location!.AbsolutePath, Is.EqualTo($"/fhir/QuestionnaireResponse/{read["id"]}"));
        Assert.That(FhirTown.Ids(bundle), Does.Contain((string)read["id"]!));
    }

    [Test]
    public async Task The_same_again_is_here_already_and_another_under_its_identifier_only_where_that_was_asked()
    {
        var response = Screening("only-once");
        using var first = await PostAsync("QuestionnaireResponse", response.ToJsonString());
        using var again = await PostAsync("QuestionnaireResponse", response.ToJsonString());
        response["authored"] = "2026-11-21T10:00:00-05:00";
        using var other = await PostAsync("QuestionnaireResponse", response.ToJsonString());
        using var conditional = await PostAsync("QuestionnaireResponse", response.ToJsonString(), "identifier=https://example.org/forms|only-once");
        using var strange = await PostAsync("QuestionnaireResponse", response.ToJsonString(), "identifier=https://example.org/forms|another");

        using var together = Assert.EnterMultipleScope();
        Assert.That(new[] { first.StatusCode, again.StatusCode, other.StatusCode, conditional.StatusCode, strange.StatusCode },
            Is.EqualTo(new[] { HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.BadRequest }));
        Assert.That(new[] { again.Headers.Location, conditional.Headers.Location }, Is.All.EqualTo(first.Headers.Location));
    }

    [Test]
    public async Task All_faults_come_at_once_each_with_its_expression()
    {
        var response = Screening("with-faults");
        response.Remove("subject");
        response["authored"] = "yesterday";

        using var answer = await PostAsync("QuestionnaireResponse", response.ToJsonString());
        var issues = (await BodyAsync(answer))["issue"]!.AsArray();

        using var together = Assert.EnterMultipleScope();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(issues, Has.Count.GreaterThan(1), issues.ToJsonString());
        Assert.That(issues.Select(issue => (string?)issue!["expression"]?[0]), Has.All.StartWith("QuestionnaireResponse"), issues.ToJsonString());
    }

    [TestCase("clinic-visit.json", "application/json")]
    [TestCase("discharge.ccda.xml", "application/cda+xml")]
    [TestCase("clinic-visit.txt", "text/plain")]
    [TestCase("clinic-visit.hl7", "x-application/hl7-v2+er7")]
    public async Task A_summary_of_any_form_is_taken_inside_of_a_DocumentReference(string sample, string form)
    {
        var document = Document(form, await File.ReadAllBytesAsync(Repository.Path("samples", "after-visit-summaries", sample)), form == "text/plain" ? "Patient/rosa-m" : null);

        using var answer = await PostAsync("DocumentReference", document.ToJsonString());
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), (await BodyAsync(answer)).ToJsonString());
        var read = await ReadAsync(answer.Headers.Location!);

        Assert.That((string?)read["resourceType"], Is.EqualTo("DocumentReference"));
    }

    [Test]
    public async Task A_visit_note_is_taken_inside_of_a_DocumentReference_and_its_faults_are_told_there()
    {
        var note = Some.Note("Patient/thomas-n", narrative: "Handed in as FHIR.");
        var bad = Some.Note("Patient/thomas-n").Also(one => one["visit"]!["kind"] = "nowhere");

        using var answer = await PostAsync("DocumentReference", Document("application/json", Encoding.UTF8.GetBytes(note.ToJsonString()), "Patient/thomas-n").ToJsonString());
        using var refused = await PostAsync("DocumentReference", Document("application/json", Encoding.UTF8.GetBytes(bad.ToJsonString()), "Patient/thomas-n").ToJsonString());
        var settled = await town.SettledAsync((string)note["id"]!);
        var issue = (await BodyAsync(refused))["issue"]![0]!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, refused.StatusCode), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity)));
        Assert.That(((string?)settled["kind"], (string?)settled["state"]), Is.EqualTo(("visit-note", "written")));
        Assert.That((string?)issue["expression"]![0], Is.EqualTo("DocumentReference.content[0].attachment.data"));
        Assert.That((string?)issue["details"]!["text"], Does.StartWith("/visit/kind: "));
    }

    [Test]
    public async Task A_cover_of_one_patient_around_the_note_of_another_is_refused_and_nothing_is_kept()
    {
        var note = Some.Note("Patient/thomas-n");
        var cover = Document("application/json", Encoding.UTF8.GetBytes(note.ToJsonString()), "Patient/rosa-m");
        cover["status"] = "entered-in-error";

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        using var kept = await town.Http.GetAsync($"/api/v1/visit-notes/{note["id"]}");
        var expressions = (await BodyAsync(answer))["issue"]!.AsArray().Select(issue => (string?)issue!["expression"]![0]);

        using var together = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, kept.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound)));
        Assert.That(expressions, Is.EqualTo(new[] { "DocumentReference.status", "DocumentReference.subject" }));
    }

    [TestCase("34129-7", "text/plain", "home")]
    [TestCase("34748-4", "text/markdown; charset=utf-8", "phone")]
    public async Task A_visit_note_in_plain_words_becomes_a_visit_note_with_all_of_them(string type, string form, string kind)
    {
        const string words = "Señora Ortega sat in the garden.\n\n- pain *worse* at night\n- out of metformin";
        var cover = Plain(type, form, words);
        cover["identifier"]![0]!["system"] = "urn:chwfhir:note";

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        using var again = await PostAsync("DocumentReference", cover.ToJsonString());
        var id = (string)cover["identifier"]![0]!["value"]!;
        var settled = await town.SettledAsync(id);
        var read = await ReadAsync(answer.Headers.Location!);
        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)read["content"]![0]!["attachment"]!["data"]!));

        using var together = Assert.EnterMultipleScope();
        Assert.That((answer.StatusCode, again.StatusCode, (string?)settled["kind"], (string?)settled["state"]), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.OK, "visit-note", "written")), settled.ToJsonString());
        Assert.That((string?)read["type"]!["coding"]![0]!["code"], Is.EqualTo(type), kind);
        Assert.That((string?)read["context"]!["period"]!["start"], Does.StartWith("2026-11-03T14:05:00"));
        Assert.That(text, Does.Contain("Señora Ortega sat in the garden.").And.Contain("out of metformin").And.Contain("Third visit this month").And.Contain("Dolores Vega"));
    }

    [Test]
    public async Task A_plain_note_whose_cover_says_what_a_note_has_no_place_for_is_refused_with_each_place()
    {
        var cover = Plain("34129-7", "text/html", "<p>Words</p>");
        cover.Remove("subject");
        cover["author"] = new JsonArray();
        cover["docStatus"] = "preliminary";
        cover["relatesTo"] = JsonNode.Parse("""[ { "code": "replaces", "target": { "reference": "DocumentReference/1" } } ]""");

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var body = await BodyAsync(answer);
        var issues = body["issue"]!.AsArray().Select(issue => ((string?)issue!["expression"]![0], (string?)issue["diagnostics"]));

        Assert.That((answer.StatusCode, issues), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[]
        {
            ("DocumentReference.docStatus", "not-final"), ("DocumentReference.relatesTo", "not-carried"), ("DocumentReference.content[0].attachment.contentType", "other-form"),
            ("DocumentReference.subject", "required"), ("DocumentReference.author", (string?)"required"),
        })), body.ToJsonString());
    }

    [Test]
    public async Task One_number_in_two_numberings_is_two_notes()
    {
        var (one, other) = (Plain("34129-7", "text/plain", "She sat in the garden."), Plain("34129-7", "text/plain", "He is out of metformin."));
        other["identifier"]![0]!["value"] = (string)one["identifier"]![0]!["value"]!;
        other["identifier"]![0]!["system"] = "https://example.org/other-notes";
        other["subject"] = new JsonObject { ["reference"] = "Patient/rosa-m" };

        using var first = await PostAsync("DocumentReference", one.ToJsonString());
        using var second = await PostAsync("DocumentReference", other.ToJsonString(), $"identifier=https://example.org/other-notes|{other["identifier"]![0]!["value"]}");

        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.Accepted)));
        Assert.That(second.Headers.Location, Is.Not.EqualTo(first.Headers.Location));
    }

    [TestCase("""{ "meta": { "security": [ { "code": "R" } ] } }""", "DocumentReference.meta.security")]
    [TestCase("""{ "modifierExtension": [ { "url": "https://example.org/not", "valueBoolean": true } ] }""", "DocumentReference.modifierExtension")]
    [TestCase("""{ "context": { "related": [ { "reference": "Observation/1" } ], "period": { "start": "2026-11-03T14:05:00-05:00" } } }""", "DocumentReference.context.related")]
    [TestCase("""{ "context": [], "date": null }""", "DocumentReference.context.period.start")]
    [TestCase("""{ "context": { "period": "2026-11-03" }, "date": null }""", "DocumentReference.context.period.start")]
    [TestCase("""{ "content": [ { "attachment": { "contentType": "text/plain; charset=utf-7", "data": "V29yZHM=" } } ] }""", "DocumentReference.content[0].attachment.data")]
    [TestCase("""{ "content": [ { "attachment": { "contentType": "text/plain", "data": "V29yZHM=" } }, { "attachment": { "contentType": "text/plain", "data": "TW9yZQ==" } } ] }""", "DocumentReference.content")]
    [TestCase("""{ "content": [ { "attachment": [ { "contentType": "text/plain", "data": "V29yZHM=" }, { "contentType": "text/plain", "data": "TW9yZQ==" } ] } ] }""", "DocumentReference.content")]
    public async Task What_a_plain_note_cannot_carry_is_refused_at_its_place(string said, string place)
    {
        var cover = Plain("34129-7", "text/plain", "Words");
        foreach (var (member, value) in JsonNode.Parse(said)!.AsObject())
            cover[member] = value?.DeepClone();

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var body = await BodyAsync(answer);

        Assert.That((answer.StatusCode, body["issue"]!.AsArray().Select(issue => (string?)issue!["expression"]?[0])), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { place })), body.ToJsonString());
    }

    [Test]
    public async Task What_stands_beside_a_note_in_JSON_is_refused_and_not_lost()
    {
        var note = Some.Note("Patient/thomas-n");
        var cover = Document("application/json", Encoding.UTF8.GetBytes(note.ToJsonString()), "Patient/thomas-n");
        cover["content"]!.AsArray().Add(JsonNode.Parse("""{ "attachment": { "contentType": "text/plain", "data": "TW9yZQ==" } }"""));
        cover["securityLabel"] = JsonNode.Parse("""[ { "coding": [ { "code": "R" } ] } ]""");

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var expressions = (await BodyAsync(answer))["issue"]!.AsArray().Select(issue => (string?)issue!["expression"]![0]);

        Assert.That((answer.StatusCode, expressions), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "DocumentReference.securityLabel", "DocumentReference.content" })));
    }

    [Test]
    public async Task A_fault_of_a_plain_note_is_told_where_the_cover_says_it()
    {
        var cover = Plain("34129-7", "text/plain", "Words");
        cover["context"]!["period"]!["end"] = "2026-11-03T10:00:00-05:00";

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());

        Assert.That((answer.StatusCode, (string?)(await BodyAsync(answer))["issue"]![0]!["expression"]![0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "DocumentReference.context.period.end")));
    }

    [Test]
    public async Task A_plain_summary_of_another_type_is_still_an_after_visit_summary()
    {
        var cover = Plain("34133-9", "text/plain", "Take one tablet at night.");

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var status = await town.StatusAsync((string)cover["identifier"]![0]!["value"]!);

        Assert.That((answer.StatusCode, (string?)status["kind"]), Is.EqualTo((HttpStatusCode.Accepted, "after-visit-summary")), (await BodyAsync(answer)).ToJsonString());
    }

    [Test]
    public async Task A_condition_on_a_note_is_about_the_notes_own_id()
    {
        var note = Some.Note("Patient/thomas-n");
        var cover = Document("application/json", Encoding.UTF8.GetBytes(note.ToJsonString()), "Patient/thomas-n");
        cover["identifier"] = new JsonArray(new JsonObject { ["value"] = "another" }, new JsonObject { ["value"] = (string)note["id"]! });

        using var other = await PostAsync("DocumentReference", cover.ToJsonString(), "identifier=|another");
        using var own = await PostAsync("DocumentReference", cover.ToJsonString(), $"identifier=|{note["id"]}");

        Assert.That((other.StatusCode, own.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.Accepted)));
    }

    [TestCase("QuestionnaireResponse", "not json", "application/fhir+json", 400)]
    [TestCase("QuestionnaireResponse", """{ "resourceType": "DocumentReference" }""", "application/fhir+json", 422)]
    [TestCase("QuestionnaireResponse", "<QuestionnaireResponse/>", "application/fhir+xml", 415)]
    public async Task What_is_no_such_resource_is_refused(string type, string body, string form, int expected)
    {
        using var content = new StringContent(body, null, form);
        using var answer = await town.Http.PostAsync($"/fhir/{type}", content);

        Assert.That(((int)answer.StatusCode, (string?)(await BodyAsync(answer))["resourceType"]), Is.EqualTo((expected, "OperationOutcome")));
    }

    [TestCase("\"reference\":\"Patient/thomas-n\"", "\"reference\":\"Patient/thomas-n\",\"reference\":\"Patient/rosa-m\"", "DocumentReference.subject.reference")]
    [TestCase("\"code\":\"34129-7\"", "\"code\":\"34129-7\",\"code\":\"34133-9\"", "DocumentReference.type.coding[0].code")]
    [TestCase("\"contentType\":", "\"contentType\":\"text/html\",\"contentType\":", "DocumentReference.content[0].attachment.contentType")]
    [TestCase("\"system\":\"https://example.org/notes\"", "\"system\":\"a\",\"system\":\"b\"", "DocumentReference.identifier[0].system")]
    [TestCase("\"status\":", "\"status\":\"current\",\"status\":", "DocumentReference.status")]
    public async Task What_stands_twice_is_told_with_its_place_and_nothing_is_kept(string once, string twice, string place)
    {
        var cover = Plain("34129-7", "text/plain", "Words").ToJsonString();

        using var answer = await PostAsync("DocumentReference", cover.Replace(once, twice, StringComparison.Ordinal));
        var issue = (await BodyAsync(answer))["issue"]!.AsArray().Single()!;

        Assert.That((answer.StatusCode, (string?)issue["code"], (string?)issue["expression"]?[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "structure", place)));
    }

    [Test]
    public async Task What_stands_twice_in_a_note_inside_is_told_at_the_document()
    {
        var note = Some.Note("Patient/thomas-n").ToJsonString().Replace("\"reference\":\"Patient/thomas-n\"", "\"reference\":\"Patient/thomas-n\",\"reference\":\"Patient/rosa-m\"", StringComparison.Ordinal);

        using var answer = await PostAsync("DocumentReference", Document("application/json", Encoding.UTF8.GetBytes(note), "Patient/thomas-n").ToJsonString());
        var issue = (await BodyAsync(answer))["issue"]!.AsArray().Single()!;

        Assert.That((answer.StatusCode, (string?)issue["expression"]![0], (string?)issue["details"]!["text"]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "DocumentReference.content[0].attachment.data", "/patient/reference: This stands here twice.")));
    }

    [TestCase("", "empty-body")]
    [TestCase("{", "not-json")]
    [TestCase("[]", "not-json")]
    [TestCase("""{ "resourceType": "QuestionnaireResponse", "status": "\ud800" }""", "lone-surrogate")]
    public async Task What_cannot_be_read_is_refused_with_what_is_wrong(string body, string code)
    {
        using var answer = await PostAsync("QuestionnaireResponse", body);
        var issue = (await BodyAsync(answer))["issue"]!.AsArray().Single()!;

        Assert.That((answer.StatusCode, (string?)issue["code"], (string?)issue["diagnostics"], (string?)issue["expression"]?[0]), Is.EqualTo((HttpStatusCode.BadRequest, "structure", code, "QuestionnaireResponse")));
    }

    [TestCase("application/fhir+json; charset=utf-16", null)]
    [TestCase("application/fhir+json", "gzip")]
    public async Task Another_encoding_is_refused(string form, string? compressed)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Screening("encoded").ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", form);
        if (compressed is not null)
            content.Headers.ContentEncoding.Add(compressed);

        using var answer = await town.Http.PostAsync("/fhir/QuestionnaireResponse", content);

        Assert.That((answer.StatusCode, (string?)(await BodyAsync(answer))["resourceType"]), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "OperationOutcome")));
    }

    [TestCase("QuestionnaireResponse")]
    [TestCase("DocumentReference")]
    public async Task One_number_of_two_systems_is_two_resources_also_to_a_condition(string type)
    {
        var value = Some.Id();
        JsonObject Resource(string system, string? value, string text)
        {
            var resource = type == "DocumentReference" ? Document("text/plain", Encoding.UTF8.GetBytes($"Weather\n\n{text}"), "Patient/thomas-n") : Screening("");
            var identifier = new JsonObject { ["system"] = system, ["value"] = value };
            resource["identifier"] = type == "DocumentReference" ? new JsonArray(identifier) : identifier;
            resource[type == "DocumentReference" ? "date" : "authored"] = text == "First" ? "2026-11-03T15:40:00-05:00" : "2026-11-04T15:40:00-05:00";
            return resource;
        }
        using var one = await PostAsync(type, Resource("urn:one", value, "First").ToJsonString());
        using var two = await PostAsync(type, Resource("urn:two", value, "First").ToJsonString(), $"identifier=urn:two|{value}");

        using var again = await PostAsync(type, Resource("urn:two", value, "Second").ToJsonString(), $"identifier=urn:two|{value}");
        using var third = await PostAsync(type, Resource("urn:one", value, "Second").ToJsonString(), $"identifier=urn:one|{value}");
        using var none = await PostAsync(type, Resource("urn:three", value, "Second").ToJsonString(), $"identifier=urn:three|{value}");

        using var together = Assert.EnterMultipleScope();
        Assert.That(new[] { one, two, again, third, none }.Select(answer => (int)answer.StatusCode), Is.EqualTo(new[] { 202, 202, 200, 200, 202 }), await again.Content.ReadAsStringAsync());
        Assert.That((again.Headers.Location, third.Headers.Location), Is.EqualTo((two.Headers.Location, one.Headers.Location)));
        Assert.That(new[] { one, two, none }.Select(answer => answer.Headers.Location).Distinct().Count(), Is.EqualTo(3));
    }

    [TestCase("""{ "linkId": "lang", "text": "Languages at home", "answer": [ { "valueString": "Spanish" } ] }""", 2, "kept-in-text")]
    [TestCase("""{ "linkId": "why", "text": " ", "answer": [ { "valueString": "Because" } ] }""", 1, "blank")]
    [TestCase("""{ "linkId": "why", "text": "Why?", "answer": [ { "valueString": " " } ] }""", 1, "blank")]
    [TestCase("""{ "linkId": "why", "text": "Why?", "vendor": { "a": [ 1 ] }, "item": [], "answer": [ { "valueString": "Because", "flag": true } ] }""", 1, "unknown-member")]
    [TestCase("""{ "linkId": "88124-3", "definition": "http://loinc.org/fhir/DataElement/88124-3", "text": "Risk", "answer": [ { "valueCoding": { "extension": [ { "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined" } ] } } ] }""", 1, null)]
    public async Task What_a_form_has_besides_is_told_and_no_reason_not_to_send_it_as_itself(string item, int times, string? told)
    {
        var response = Screening(Some.Id());
        for (var at = 0; at < times; at++)
            response["item"]!.AsArray().Add(JsonNode.Parse(item));

        using var answer = await PostAsync("QuestionnaireResponse", response.ToJsonString());
        var body = await answer.Content.ReadAsStringAsync();
        var status = await town.SettledAsync((string)response["identifier"]!["value"]!);
        var sent = status["resources"]!.AsArray().Single(row => (string?)row!["type"] == "QuestionnaireResponse")!;

        using var together = Assert.EnterMultipleScope();
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), body);
        Assert.That((string?)status["state"], Is.EqualTo("written"), status.ToJsonString());
        Assert.That((string?)sent["state"], Is.EqualTo("written"), sent.ToJsonString());
        if (told is not null)
            Assert.That(body, Does.Contain(told));
        var there = JsonNode.Parse(await town.Ehr.GetStringOfAsync((string)sent["reference"]!))!;
        Assert.That(there.ToJsonString(), Does.Not.Contain("vendor").And.Not.Contain("\" \""));
        Assert.That(there["meta"]?["profile"]?.ToJsonString().Contains("us-core-questionnaireresponse", StringComparison.Ordinal) is true, Is.EqualTo(times == 1), "US Core has each question once");
    }

    [TestCase("""{ "linkId": "zz", "text": "q", "answer": [ { "valueString": "a" } ], "item": [ { "linkId": "zz1", "text": "r", "answer": [ { "valueString": "b" } ] } ] }""", "QuestionnaireResponse.item[2]")]
    public async Task What_no_server_takes_is_refused_also_where_something_else_is_told_of_it(string item, string place)
    {
        var response = Screening(Some.Id());
        response["item"]!.AsArray().Add(JsonNode.Parse(item));

        using var answer = await PostAsync("QuestionnaireResponse", response.ToJsonString());
        var body = await BodyAsync(answer);

        Assert.That((int)answer.StatusCode, Is.EqualTo(422), body.ToJsonString());
        Assert.That(body["issue"]!.AsArray().Select(issue => (string?)issue!["expression"]?[0]), Does.Contain(place), body.ToJsonString());
    }

    [Test]
    public async Task Somebody_named_by_an_address_that_says_no_type_may_be_the_author()
    {
        var response = Screening(Some.Id());
        response["author"] = JsonNode.Parse("""{ "reference": "https://idp.example.org/Users/42", "type": "Practitioner", "display": "N. Vega" }""");

        using var answer = await PostAsync("QuestionnaireResponse", response.ToJsonString());

        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task A_page_break_in_plain_words_is_a_new_line()
    {
        var cover = Plain("34129-7", "text/plain", "Visited.\n\fPage 2.\vFine.");

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var read = await ReadAsync(answer.Headers.Location!);

        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String((string)read["content"]![0]!["attachment"]!["data"]!)), Does.Contain("Page 2.").And.Contain("Fine.").And.Not.Contain("\f").And.Not.Contain("\v"));
    }

    [Test]
    public async Task A_number_that_is_a_visit_notes_id_is_no_visit_note()
    {
        var note = Some.Note("Patient/thomas-n");
        (await town.PostNoteAsync(note.ToJsonString())).Dispose();
        var screening = Screening((string)note["id"]!);
        using var first = await PostAsync("QuestionnaireResponse", screening.ToJsonString());
        screening["authored"] = "2026-11-04T15:40:00-05:00";

        using var again = await PostAsync("QuestionnaireResponse", screening.ToJsonString(), $"identifier=https://example.org/forms|{note["id"]}");

        Assert.That(((int)first.StatusCode, (int)again.StatusCode, again.Headers.Location), Is.EqualTo((202, 200, first.Headers.Location)), await again.Content.ReadAsStringAsync());
    }

    [TestCase("size", "3", "DocumentReference.content[0].attachment.size")]
    [TestCase("hash", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAA=\"", "DocumentReference.content[0].attachment.hash")]
    [TestCase("contentType", "null", "DocumentReference.content[0].attachment.contentType")]
    public async Task A_note_that_did_not_come_as_it_went_is_refused(string member, string value, string place)
    {
        var cover = Plain("34129-7", "text/plain", "Words");
        cover["content"]![0]!["attachment"]![member] = JsonNode.Parse(value);

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var body = await BodyAsync(answer);

        Assert.That((answer.StatusCode, (string?)body["issue"]![0]!["expression"]?[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, place)), body.ToJsonString());
    }

    [Test]
    public async Task A_note_with_its_right_size_and_hash_is_taken()
    {
        var cover = Plain("34129-7", "text/plain", "Words");
        cover["content"]![0]!["attachment"]!["size"] = 5;
        cover["content"]![0]!["attachment"]!["hash"] = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData("Words"u8));

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [TestCase("dateOfVisit", "\"2026-11-03\"")]
    [TestCase("masterIdentifier", "[ { \"value\": \"x\" } ]")]
    public async Task A_member_of_a_plain_note_that_cannot_be_read_is_refused_and_not_lost(string member, string value)
    {
        var cover = Plain("34129-7", "text/plain", "Words");
        cover[member] = JsonNode.Parse(value);

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());

        Assert.That((answer.StatusCode, (string?)(await BodyAsync(answer))["issue"]![0]!["expression"]?[0]), Is.EqualTo((HttpStatusCode.UnprocessableEntity, $"DocumentReference.{member}")));
    }

    [Test]
    public async Task What_is_noticed_in_a_document_is_told_at_the_document()
    {
        var cover = Plain("34133-9", "text/plain", "Weather\n\nIt rained.");

        using var answer = await PostAsync("DocumentReference", cover.ToJsonString());
        var body = await BodyAsync(answer);
        var places = body["issue"]!.AsArray().Select(issue => (string?)issue!["expression"]?[0]).OfType<string>().ToList();

        Assert.That((answer.StatusCode, places), Is.EqualTo((HttpStatusCode.Accepted, new[] { "DocumentReference.content" })), body.ToJsonString());
    }

    private static JsonObject Screening(string identifier)
    {
        var response = JsonNode.Parse(File.ReadAllText(Repository.Path("samples", "questionnaire-responses", "hunger-vital-sign.json")))!.AsObject();
        response["identifier"] = new JsonObject { ["system"] = "https://example.org/forms", ["value"] = identifier };
        return response;
    }

    private static JsonObject Plain(string type, string form, string words)
    {
        var cover = Document(form, Encoding.UTF8.GetBytes(words), "Patient/thomas-n");
        cover["identifier"] = new JsonArray(new JsonObject { ["system"] = "https://example.org/notes", ["value"] = Some.Id() });
        cover["type"] = JsonNode.Parse($$"""{ "coding": [ { "system": "http://loinc.org", "code": "{{type}}" } ] }""");
        cover["author"] = JsonNode.Parse("""[ { "reference": "Practitioner/chw-1", "display": "Dolores Vega" } ]""");
        cover["date"] = "2026-11-03T15:40:00-05:00";
        cover["description"] = "Third visit this month";
        cover["context"] = JsonNode.Parse("""{ "period": { "start": "2026-11-03T14:05:00-05:00", "end": "2026-11-03T15:10:00-05:00" } }""");
        return cover;
    }

    private static JsonObject Document(string form, byte[] data, string? patient)
    {
        var document = new JsonObject
        {
            ["resourceType"] = "DocumentReference",
            ["status"] = "current",
            ["content"] = new JsonArray(new JsonObject { ["attachment"] = new JsonObject { ["contentType"] = form, ["data"] = Convert.ToBase64String(data) } }),
        };
        if (patient is not null)
            document["subject"] = new JsonObject { ["reference"] = patient };
        return document;
    }

    private async Task<HttpResponseMessage> PostAsync(string type, string body, string? ifNoneExist = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/fhir/{type}") { Content = new StringContent(body, null, "application/fhir+json") };
        if (ifNoneExist is not null)
            request.Headers.TryAddWithoutValidation("If-None-Exist", ifNoneExist);
        return await town.Http.SendAsync(request);
    }

    private async Task<JsonObject> ReadAsync(Uri location)
    {
        for (var patience = 0; ; patience++)
        {
            using var answer = await town.Http.GetAsync(location);
            if (answer.IsSuccessStatusCode || patience > 300)
                return await BodyAsync(answer);
            await Task.Delay(50);
        }
    }

    private static async Task<JsonObject> BodyAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
}
