using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ChwFhir.Tests.WriteBack;

internal sealed class When_the_chart_is_looked_at_first
{
    [TestCase("""{"birthDate":"1963-04-03"}""", "patient-mismatch", "/patient/check/birthDate")]
    [TestCase("""{"birthDate":"1964"}""", "patient-mismatch", "/patient/check/birthDate")]
    [TestCase("""{"familyName":"Lindqvist"}""", "patient-mismatch", "/patient/check/familyName")]
    public async Task A_chart_that_is_not_the_patients_is_not_written_to(string check, string code, string pointer)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var note = SomeVisit.Note();
        note["patient"]!["check"] = JsonNode.Parse(check);
        await service.PostAsync(note);

        await service.WorkAsync();

        await AssertNothingWrittenAsync(service, code, pointer);
    }

    [TestCase("""{"birthDate":"1963-04","familyName":"OKAFOR LIND"}""")]
    [TestCase("""{"birthDate":"1963-04-02","familyName":"okafor-lind"}""")]
    [TestCase("""{"familyName":"Oka\u0301for Lind"}""")]
    [TestCase("""{"familyName":"Ok\u00e1for Lind"}""")]
    public async Task Case_accents_hyphens_and_partial_dates_are_no_difference(string check)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var note = SomeVisit.Note();
        note["patient"]!["check"] = JsonNode.Parse(check);
        await service.PostAsync(note);

        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
    }

    [Test]
    public async Task A_merged_chart_waits_for_a_person_and_names_the_surviving_one()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p1","active":false,"link":[{"other":{"reference":"Patient/p9"},"type":"replaced-by"}]}""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var status = await AssertNothingWrittenAsync(service, "patient-merged", "/patient/reference");
        Assert.That(status.Issues.Single(issue => issue.Code == "patient-merged").Detail, Does.Contain("Patient/p9"));
    }

    [Test]
    public async Task A_merged_chart_whose_survivor_has_no_reference_waits_all_the_same()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p1","link":[{"other":{"display":"see the other chart"},"type":"replaced-by"}]}""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        await AssertNothingWrittenAsync(service, "patient-merged", "/patient/reference");
    }

    [Test]
    public async Task An_EHR_that_gives_another_chart_than_the_one_asked_for_waits_for_a_person()
    {
        await using var service = TheService.Over(new ScriptedEhr { Merged = { ["Patient/old"] = "Patient/p1" } });
        await service.PostAsync(SomeVisit.Note(patient: "Patient/old"));

        await service.WorkAsync();

        await AssertNothingWrittenAsync(service, "patient-merged", "/patient/reference");
    }

    [Test]
    public async Task Encounters_that_could_not_be_read_are_asked_for_again_and_no_person_is_called()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = { "Encounter.create" } });
        service.Ehr.Put("""{"resourceType":"Encounter","id":"home","status":"in-progress","period":{"start":"2026-11-03T14:00:00-05:00"},"class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HH"},"subject":{"reference":"Patient/p1"}}""");
        service.Ehr.Next("GET Encounter", ScriptedEhr.Fault.Fails);
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 3);

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Resources.Single(row => row.Key == "encounter").Reference, Is.EqualTo("Encounter/home"));
    }

    [Test]
    public async Task Of_encounters_that_the_EHR_shows_only_in_part_none_is_taken_for_the_only_one()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = { "Encounter.create" } });
        service.Ehr.Put("""{"resourceType":"Encounter","id":"home","status":"in-progress","period":{"start":"2026-11-03T14:00:00-05:00"},"class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HH"},"subject":{"reference":"Patient/p1"}}""");
        service.Ehr.Remarks["Encounter"] = """{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"incomplete","details":{"coding":[{"code":"4119"}]}}]}""";
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 1);

        await AssertNothingWrittenAsync(service, "encounter-needed", "/visit/encounter");
    }

    [Test]
    public async Task A_visit_at_a_hospital_bedside_is_no_home_visit_and_a_person_says_where_it_belongs()
    {
        await using var service = TheService.Over(new ScriptedEhr { NotDeclared = { "Encounter.create" } });
        service.Ehr.Put("""{"resourceType":"Encounter","id":"home","status":"in-progress","period":{"start":"2026-11-03T14:00:00-05:00"},"class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HH"},"subject":{"reference":"Patient/p1"}}""");
        var note = SomeVisit.Note();
        note["visit"]!["kind"] = "hospital";
        await service.PostAsync(note);

        await service.WorkAsync(seconds: 1);

        await AssertNothingWrittenAsync(service, "encounter-needed", "/visit/encounter");
    }

    [Test]
    public async Task Of_a_patient_who_died_the_note_is_written_with_a_word_about_it()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Patient","id":"p1","deceasedDateTime":"2026-10-29"}""");
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain("patient-deceased"));
    }

    [Test]
    public async Task A_patient_given_by_identifier_is_found_and_shares_the_lane_of_the_chart()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var note = SomeVisit.Note("n1", step: "s1");
        note["patient"] = JsonNode.Parse("""{"identifier":{"system":"urn:mrn","value":"100"}}""");
        await service.PostAsync(note);
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That((status.State, status.Patient), Is.EqualTo(("written", "Patient/p1")));
        Assert.That(service.Ehr.Addresses, Has.None.Contains("urn:mrn").And.None.Contains("urn%3Amrn"), "a patient's number in an address");
        Assert.That(service.Ehr.All("CarePlan"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_number_that_is_not_the_charts_own_stops_the_note_though_the_reference_is_good()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(With("/patient", """{"reference":"Patient/p1","identifier":{"system":"urn:mrn","value":"101"}}"""));

        await service.WorkAsync();

        await AssertNothingWrittenAsync(service, "patient-mismatch", "/patient/identifier");
    }

    [TestCase("urn:mrn", "100", false)]
    [TestCase("urn:payer", "7", true)]
    public async Task A_number_that_the_chart_shares_or_does_not_know_is_no_difference(string system, string value, bool isRemarked)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        await service.PostAsync(With("/patient", $$$"""{"reference":"Patient/p1","identifier":{"system":"{{{system}}}","value":"{{{value}}}"}}"""));

        await service.WorkAsync();

        var status = await service.StatusAsync("n1");
        Assert.That(status.State, Is.EqualTo("written"));
        Assert.That(status.Issues.Any(issue => issue is { Code: "patient-check-incomplete", Pointer: "/patient/identifier" }), Is.EqualTo(isRemarked));
    }

    [TestCase("/narrative", "\"She says no CPR.\"")]
    [TestCase("/sections", """[{"title":"Wishes","text":"No ventilator."}]""")]
    [TestCase("/insights", """[{"text":"I want hospice."}]""")]
    [TestCase("/whatMatters", """{"worries":"A feeding tube."}""")]
    public async Task Behind_a_wish_in_free_words_stands_what_the_chart_says(string part, string value)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Consent","id":"c1","status":"active","dateTime":"2026-05-01","patient":{"reference":"Patient/p1"},"category":[{"text":"Do not resuscitate"}]}""");
        await service.PostAsync(With(part, value));

        await service.WorkAsync();

        var attachment = service.Ehr.All("DocumentReference").Single()["content"]![0]!["attachment"]!["data"]!.GetValue<string>();
        Assert.That(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(attachment)), Does.Contain("Code status in the chart: Do not resuscitate, 2026-05-01."));
    }

    [TestCase("/patient", """{"reference":"Patient/nobody"}""", "patient-not-found", "/patient/reference")]
    [TestCase("/patient", """{"identifier":{"system":"urn:mrn","value":"0"}}""", "patient-not-found", "/patient/identifier")]
    [TestCase("/author", """{"identifier":{"system":"urn:npi","value":"0"}}""", "author-not-found", "/author/identifier")]
    [TestCase("/visit/encounter", """{"reference":"Encounter/others"}""", "encounter-of-another-patient", "/visit/encounter/reference")]
    [TestCase("/visit/encounter", """{"reference":"Encounter/none"}""", "encounter-not-found", "/visit/encounter/reference")]
    [TestCase("/visit/participants", """[{"name":"Sam"},{"name":"Imani","reference":"RelatedPerson/others"}]""", "participant-of-another-patient", "/visit/participants/1/reference")]
    [TestCase("/visit/participants", """[{"name":"Imani","reference":"RelatedPerson/none"}]""", "participant-not-found", "/visit/participants/0/reference")]
    public async Task What_the_EHR_knows_to_be_wrong_is_a_fault_while_the_caller_waits(string part, string value, string code, string pointer)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Encounter","id":"others","status":"planned","subject":{"reference":"Patient/p2"}}""");
        service.Ehr.Put("""{"resourceType":"RelatedPerson","id":"others","patient":{"reference":"Patient/p2"}}""");

        var receipt = await service.ReceiveAsync(With(part, value));

        Assert.That(receipt, Is.InstanceOf<Receipt.Invalid>());
        Assert.That(((Receipt.Invalid)receipt).Faults.Select(fault => (fault.Code, fault.Pointer)), Is.EqualTo(new[] { (code, pointer) }));
    }

    [TestCase("/patient", """{"reference":"Patient/nobody"}""", "patient-not-found")]
    [TestCase("/visit/encounter", """{"reference":"Encounter/others"}""", "encounter-of-another-patient")]
    [TestCase("/visit/participants", """[{"name":"Imani","reference":"RelatedPerson/others"}]""", "participant-of-another-patient")]
    [TestCase("/visit/participants", """[{"name":"Imani","reference":"RelatedPerson/none"}]""", "participant-not-found")]
    public async Task What_could_not_be_asked_in_time_is_asked_before_anything_is_written(string part, string value, string code)
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Encounter","id":"others","status":"planned","subject":{"reference":"Patient/p2"}}""");
        service.Ehr.Put("""{"resourceType":"RelatedPerson","id":"others","patient":{"reference":"Patient/p2"}}""");
        service.Ehr.IsDown = true;
        var accepted = await service.PostAsync(With(part, value));
        service.Ehr.IsDown = false;

        await service.WorkAsync(seconds: 5);

        Assert.That(accepted.Issues.Select(issue => issue.Code), Does.Contain("not-yet-checked"));
        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Select(issue => issue.Code), Does.Contain(code));
        Assert.That(service.Ehr.Writes, Is.Zero);
    }

    [Test]
    public async Task A_restricted_chart_is_a_state_with_a_name_and_is_not_tried_again()
    {
        await using var service = TheService.Over(new ScriptedEhr { Restricted = "4131" });
        await service.PostAsync(SomeVisit.Note());

        await service.WorkAsync(seconds: 1);

        await AssertNothingWrittenAsync(service, "patient-restricted", "/patient/reference");
    }

    [Test]
    public async Task A_visit_attaches_to_the_encounter_that_the_note_names()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"Encounter","id":"ours","status":"planned","subject":{"reference":"Patient/p1"}}""");
        await service.PostAsync(With("/visit/encounter", """{"reference":"Encounter/ours"}"""));

        await service.WorkAsync();

        var encounter = (await service.StatusAsync("n1")).Resources.Single(row => row.Type == "Encounter");
        Assert.That((encounter.State, encounter.Reference), Is.EqualTo(("existing", "Encounter/ours")));
        Assert.That(service.Ehr.All("DocumentReference").Single()["context"]!.ToJsonString(), Does.Contain("Encounter/ours"));
    }

    [Test]
    public async Task A_person_of_the_patients_own_life_stands_in_the_encounter()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"RelatedPerson","id":"ours","patient":{"reference":"https://ehr.example/fhir/Patient/p1"}}""");
        await service.PostAsync(With("/visit/participants", """[{"name":"Imani","reference":"RelatedPerson/ours"}]"""));

        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
        Assert.That(service.Ehr.All("Encounter").Single()["participant"]!.ToJsonString(), Does.Contain("RelatedPerson/ours"));
    }

    [Test]
    public async Task Another_patients_chart_is_no_participant_of_a_patient_given_by_number()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        var note = With("/patient", """{"identifier":{"system":"urn:mrn","value":"100"}}""");
        note["visit"]!["participants"] = JsonNode.Parse("""[{"name":"Imani","reference":"Patient/p2"}]""");

        var receipt = await service.ReceiveAsync(note);

        Assert.That(receipt, Is.InstanceOf<Receipt.Invalid>());
        Assert.That(((Receipt.Invalid)receipt).Faults.Single().Code, Is.EqualTo("participant-of-another-patient"));
    }

    [Test]
    public async Task A_person_who_became_another_patients_between_two_visits_is_looked_at_again()
    {
        await using var service = TheService.Over(new ScriptedEhr());
        service.Ehr.Put("""{"resourceType":"RelatedPerson","id":"ours","patient":{"reference":"Patient/p1"}}""");
        var second = With("/visit/participants", """[{"name":"Imani","reference":"RelatedPerson/ours"}]""");
        second["id"] = "n2";
        await service.PostAsync(With("/visit/participants", """[{"name":"Imani","reference":"RelatedPerson/ours"}]"""));
        service.Ehr.Put("""{"resourceType":"RelatedPerson","id":"ours","patient":{"reference":"Patient/p2"}}""");

        Assert.That(await service.ReceiveAsync(second), Is.InstanceOf<Receipt.Invalid>());
    }

    [Test]
    public async Task A_note_by_number_and_one_by_reference_stand_in_one_lane_from_the_start()
    {
        await using var service = TheService.Over(new ScriptedEhr());

        var byNumber = await service.PostAsync(With("/patient", """{"identifier":{"system":"urn:mrn","value":"100"}}"""));
        await service.PostAsync(SomeVisit.Note("n2", day: 10, step: "s2"));

        var claim = await service.Store.ClaimAsync(ScriptedEhr.BaseUrl, "test", TimeSpan.FromMinutes(1), default);
        Assert.That(byNumber.Patient, Is.EqualTo("Patient/p1"));
        Assert.That(claim!.Numbers, Has.Count.EqualTo(2));
    }

    [TestCase(404)]
    [TestCase(403)]
    [TestCase(405)]
    public async Task An_EHR_that_does_not_serve_its_staff_takes_the_notes_word_for_the_author(int status)
    {
        await using var service = TheService.Over(new ScriptedEhr { Refused = { ["GET Practitioner"] = status } });

        await service.PostAsync(SomeVisit.Note());
        await service.WorkAsync();

        Assert.That((await service.StatusAsync("n1")).State, Is.EqualTo("written"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_404_for_the_author_counts_only_where_staff_can_be_read(bool declared)
    {
        var ehr = new ScriptedEhr();
        if (!declared)
            ehr.NotDeclared.Add("Practitioner.read");
        await using var service = TheService.Over(ehr);

        var receipt = await service.ReceiveAsync(With("/author", """{"reference":"Practitioner/nobody","name":"Rosa Delgado"}"""));

        Assert.That(receipt, declared ? Is.InstanceOf<Receipt.Invalid>() : Is.InstanceOf<Receipt.Accepted>());
    }

    [Test]
    public async Task An_author_whom_the_EHR_does_not_let_us_look_for_is_no_fault_of_the_input()
    {
        await using var service = TheService.Over(new ScriptedEhr { Refused = { ["GET Practitioner"] = 404, ["POST Practitioner"] = 404 } });

        await service.PostAsync(With("/author", """{"identifier":{"system":"urn:npi","value":"7"},"name":"Rosa Delgado"}"""));
        await service.WorkAsync();

        await AssertNothingWrittenAsync(service, "author-not-readable", "/author/identifier");
    }

    private static JsonObject With(string part, string value)
    {
        var note = SomeVisit.Note();
        if (part.StartsWith("/visit/", StringComparison.Ordinal))
            note["visit"]![part["/visit/".Length..]] = JsonNode.Parse(value);
        else
            note[part[1..]] = JsonNode.Parse(value);
        return note;
    }

    private static async Task<NoteStatus> AssertNothingWrittenAsync(TheService service, string code, string pointer)
    {
        var status = await service.StatusAsync("n1");
        using var together = Assert.EnterMultipleScope();
        Assert.That(status.State, Is.EqualTo("needs-attention"));
        Assert.That(status.Issues.Select(issue => (issue.Code, issue.Pointer)), Does.Contain((code, pointer)));
        Assert.That(service.Ehr.Writes, Is.Zero);
        return status;
    }
}
