using ChwFhir.Access;
using ChwFhir.Intake;

namespace ChwFhir.Tests.Chart;

public sealed class When_a_chart_is_read
{
    [Test]
    public async Task The_person_is_told_as_they_like_to_be_called()
    {
        var overview = await new TheChart().With(SomeResource.Of("Patient", "rosa", """
            "name":[{"use":"official","family":"Maldonado","given":["Rosa","Elena"]},{"use":"nickname","given":["Chayo"]},{"use":"old","family":"Vega"}],
            "birthDate":"1963-04-02","gender":"female",
            "extension":[
              {"url":"http://hl7.org/fhir/StructureDefinition/individual-pronouns","extension":[{"url":"value","valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA29519-8","display":"she/her/her/hers/herself"}]}}]},
              {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity","valueCodeableConcept":{"coding":[{"display":"Identifies as female gender"}]}},
              {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed","valueCoding":{"code":"373066001","display":"Yes"}}],
            "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"en"}],"text":"English"}},{"preferred":true,"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"es"}],"text":"Spanish"}}],
            "telecom":[{"system":"phone","use":"mobile","value":"410-555-0101"},{"system":"phone","use":"old","value":"410-555-0000"},{"system":"email","value":"r@example.org"}],
            "address":[{"use":"home","line":["12 Oak St"],"city":"Baltimore","state":"MD","postalCode":"21201"},{"use":"old","line":["1 Elm St"]}]
            """)).ReadAsync();

        var person = overview.Person!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(person.Name, Is.EqualTo("Rosa Elena Maldonado"));
            Assert.That(person.Called, Is.EqualTo("Chayo"));
            Assert.That(person.Pronouns, Is.EqualTo("she/her/her/hers/herself"));
            Assert.That(person.GenderIdentity, Is.EqualTo("Identifies as female gender"));
            Assert.That(person.Age, Is.EqualTo(63));
            Assert.That(person.Languages.Select(one => (one.Tag, one.Preferred)), Is.EqualTo(new[] { ((string?)"es", true), ("en", false) }));
            Assert.That(person.Interpreter!.Needed, Is.True);
            Assert.That(person.Phones.Select(phone => phone.Number), Is.EqualTo(new[] { "410-555-0101" }));
            Assert.That(person.Addresses.Select(place => place.Text), Is.EqualTo(new[] { "12 Oak St, Baltimore, MD 21201" }));
        }
    }

    [TestCase(""", "deceasedBoolean":true""", "true")]
    [TestCase(""", "deceasedDateTime":"2026-10-01"  """, "2026-10-01")]
    public async Task Who_has_died_has_no_age(string more, string died)
    {
        var person = (await new TheChart().With(SomeResource.Patient(more)).ReadAsync()).Person!;

        Assert.That((person.Died, person.Age), Is.EqualTo((died, (int?)null)));
    }

    [Test]
    public async Task The_care_team_comes_with_its_phones()
    {
        var overview = await new TheChart().With(
            SomeResource.Patient(""","generalPractitioner":[{"reference":"Practitioner/lin"}] """),
            SomeResource.Of("CareTeam", "t", """
                "status":"active","name":"Palliative team","subject":{"reference":"Patient/rosa"},"participant":[
                {"role":[{"text":"Nurse"}],"member":{"reference":"PractitionerRole/nurse"}},{"role":[{"text":"Patient"}],"member":{"reference":"Patient/rosa"}},
                {"role":[{"text":"Daughter"}],"member":{"reference":"RelatedPerson/imani"}},{"role":[{"text":"Home care"}],"member":{"reference":"Organization/home"}}]
                """),
            SomeResource.Of("CareTeam", "old", """ "status":"inactive","subject":{"reference":"Patient/rosa"},"participant":[{"member":{"display":"Dr. Past"}}] """),
            SomeResource.Of("PractitionerRole", "nurse", """ "practitioner":{"reference":"Practitioner/paula"},"organization":{"reference":"Organization/clinic"} """),
            SomeResource.Of("Practitioner", "paula", """ "name":[{"family":"Reyes","given":["Paula"]}] """),
            SomeResource.Of("Practitioner", "lin", """ "name":[{"text":"Dr. Mei Lin"}],"telecom":[{"system":"phone","value":"410-555-0150"}] """),
            SomeResource.Of("Organization", "clinic", """ "name":"Eastside Clinic","telecom":[{"system":"phone","value":"410-555-0100"}] """),
            SomeResource.Of("Organization", "home", """ "name":"Home Care Inc","telecom":[{"system":"phone","value":"410-555-0199"}] """)).ReadAsync();

        Assert.That(overview.CareTeam.Select(one => $"{one.Name}|{one.Role}|{one.Organization}|{one.Phones.FirstOrDefault()?.Number}"), Is.EqualTo(new[]
        {
            "Paula Reyes|Nurse|Eastside Clinic|410-555-0100", "|Home care|Home Care Inc|410-555-0199", "Dr. Mei Lin|General practitioner||410-555-0150",
        }));
    }

    [Test]
    public async Task Problems_and_medicines_have_plain_words_beside_the_charts_own()
    {
        var overview = await new TheChart().With(
            SomeResource.Patient(),
            SomeResource.Condition("htn", "Essential hypertension (disorder)"), SomeResource.Condition("rare", "Some rare thing"), SomeResource.Condition("past", "Appendicitis", "resolved"),
            SomeResource.Medicine("m1", "lisinopril 10 MG Oral Tablet", more: ""","dosageInstruction":[{"text":"one each morning"}] """), SomeResource.Medicine("m2", "losartan potassium 50 MG"), SomeResource.Medicine("m3", "zzz 5 MG"),
            SomeResource.Medicine("m4", "acetaminophen 325 MG / oxycodone 5 MG Oral Tablet"), SomeResource.Medicine("gone", "aspirin", "stopped")).ReadAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Problems.Select(one => $"{one.Text}|{one.Plain?.En}|{one.Plain?.Es}"), Is.EquivalentTo(new[] { "Essential hypertension (disorder)|High blood pressure|Presión alta", "Some rare thing||" }));
            Assert.That(overview.Medicines.Select(one => $"{one.Text}|{one.Plain?.En}|{one.How}"), Is.EqualTo(new[]
            {
                "acetaminophen 325 MG / oxycodone 5 MG Oral Tablet|For pain and fever + Strong pain medicine (opioid)|",
                "lisinopril 10 MG Oral Tablet|For blood pressure (also for the heart or kidneys)|one each morning",
                "losartan potassium 50 MG|For blood pressure (also for the heart or kidneys)|", "zzz 5 MG||",
            }));
        }
    }

    [Test]
    public async Task A_medicine_that_is_a_resource_of_its_own_is_read()
    {
        var overview = await new TheChart().With(
            SomeResource.Of("MedicationRequest", "m", """ "status":"active","intent":"order","medicationReference":{"reference":"Medication/mo"},"subject":{"reference":"Patient/rosa"} """),
            SomeResource.Of("Medication", "mo", """ "code":{"text":"Morphine ER 15 MG"} """)).ReadAsync();

        Assert.That(overview.Medicines.Single().Text, Is.EqualTo("Morphine ER 15 MG"));
    }

    [Test]
    public async Task The_last_appointment_and_the_next_ones_are_told_apart()
    {
        var overview = await new TheChart().With(
            SomeResource.Appointment("a1", "fulfilled", "2026-10-01T10:00:00-05:00", "Follow-up"), SomeResource.Appointment("a2", "booked", "2026-11-30T10:00:00-05:00", "Oncology"), SomeResource.Appointment("a3", "cancelled", "2026-12-01T10:00:00-05:00", "No"),
            SomeResource.Encounter("e1", "AMB", "2026-11-02T09:00:00-05:00", null, ""","type":[{"text":"Office visit"}] """),
            SomeResource.Encounter("ours", "HH", "2026-11-20T09:00:00-05:00", null, ""","identifier":[{"system":"urn:chwfhir:note","value":"x"}] """)).ReadAsync(
            notes: [TheVisit.On(TheChart.Now.AddDays(-2), with: note => note with { FollowUp = new FollowUp { NextVisit = "2026-11-26" } })]);

        Assert.That(overview.Appointments.Select(one => $"{one.When} {one.Start} {one.Text ?? one.With} {one.Source.From}"), Is.EqualTo(new[]
        {
            "last 2026-11-02T09:00:00-05:00 Office visit chart", "next 2026-11-26 Dolores W. visit-note", "next 2026-11-30T10:00:00-05:00 Oncology chart",
        }));
    }

    [Test]
    public async Task Stays_in_hospital_are_of_the_last_year()
    {
        var overview = await new TheChart().With(
            SomeResource.Encounter("er", "EMER", "2026-10-05T22:00:00-05:00", "2026-10-06T03:00:00-05:00", ""","reasonCode":[{"text":"Nausea"}] """), SomeResource.Encounter("in", "IMP", "2026-11-20T10:00:00-05:00", null),
            SomeResource.Encounter("old", "IMP", "2024-01-01T10:00:00-05:00", "2024-01-04T10:00:00-05:00"), SomeResource.Encounter("office", "AMB", "2026-11-02T09:00:00-05:00", null),
            SomeResource.Encounter("local", "13", "2026-09-01T09:00:00-05:00", "2026-09-02T09:00:00-05:00", ""","type":[{"text":"Emergency Department"}] """)).ReadAsync();

        Assert.That(overview.HospitalStays.Select(one => $"{one.Kind} {one.Start?[..10]} {one.Reason}"), Is.EqualTo(new[] { "admission 2026-11-20 ", "emergency 2026-10-05 Nausea", "emergency 2026-09-01 " }));
    }

    [Test]
    public async Task Wishes_on_file_are_found_wherever_the_chart_has_them()
    {
        var overview = await new TheChart().With(
            SomeResource.Of("DocumentReference", "polst", """ "status":"current","type":{"coding":[{"system":"http://loinc.org","code":"93037-0"}],"text":"Portable Medical Order Form"},"category":[{"coding":[{"system":"http://loinc.org","code":"42348-3"}]}],"subject":{"reference":"Patient/rosa"},"date":"2024-10-08T19:48:54Z","content":[{"attachment":{"title":"POLST (PDF)","creation":"2024-10-04"}}] """),
            SomeResource.Of("Consent", "agent", """ "status":"active","scope":{"coding":[{"system":"http://loinc.org","code":"81377-4"}]},"category":[{"coding":[{"code":"acd"}]}],"patient":{"reference":"Patient/rosa"},"dateTime":"2020-08-03","provision":{"actor":[{"role":{"coding":[{"code":"75783-1"}]},"reference":{"reference":"RelatedPerson/imani"}}]} """),
            SomeResource.Of("Consent", "research", """ "status":"active","scope":{"coding":[{"code":"research"}]},"category":[{"coding":[{"code":"x"}]}],"patient":{"reference":"Patient/rosa"} """),
            SomeResource.Of("RelatedPerson", "imani", """ "patient":{"reference":"Patient/rosa"},"relationship":[{"text":"daughter"}],"name":[{"text":"Imani M."}],"telecom":[{"system":"phone","value":"410-555-0177"}] """)).ReadAsync(
            notes: [TheVisit.On(TheChart.Now.AddDays(-9), with: note => note with
            {
                AdvanceCarePlanning = new AdvanceCarePlanning { Discussed = AcpDiscussed.Yes, WantsClinicianConversation = true, Documents = [new AdvanceDirective { Kind = DirectiveKind.LivingWill, Status = DirectiveStatus.Completed, Seen = true, Where = "kitchen drawer" }] },
            })]);

        var wishes = overview.AdvanceDirectives!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wishes.State, Is.EqualTo("yes"));
            Assert.That(wishes.Items.Select(one => $"{one.Kind}|{one.Where}|{one.Date}"), Is.EquivalentTo(new[] { "living-will|kitchen drawer|", "polst|POLST (PDF)|2024-10-04", "healthcare-proxy||2020-08-03" }));
            Assert.That(wishes.Items.Single(one => one.Kind == "living-will").Reviewed, Does.StartWith("2026-11-13"));
            Assert.That(wishes.Agents.Select(agent => $"{agent.Name} {agent.Role} {agent.Phones.Single().Number}"), Is.EqualTo(new[] { "Imani M. primary 410-555-0177" }));
            Assert.That(wishes.WantsConversation, Is.True);
        }
    }

    [Test]
    public async Task A_no_to_an_advance_directive_is_not_the_same_as_silence()
    {
        var asked = await new TheChart().With(SomeResource.Of("Observation", "adi", """ "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"45473-6"}]},"subject":{"reference":"Patient/rosa"},"effectiveDateTime":"2026-05-01","valueCodeableConcept":{"coding":[{"code":"373067005"}]} """)).ReadAsync();
        var silent = await new TheChart().ReadAsync();

        Assert.That((asked.AdvanceDirectives!.State, silent.AdvanceDirectives!.State), Is.EqualTo(("no", "not-known")));
    }

    [Test]
    public async Task What_to_ask_and_what_to_know_of_the_home_come_from_the_last_visits()
    {
        IReadOnlyList<ChwFhir.Chart.OwnNote> notes =
        [
            TheVisit.On(TheChart.Now.AddDays(-7), "last", with: note => note with
            {
                FollowUp = new FollowUp { Ask = ["did LIHEAP call"] },
                Symptoms = [new Symptom { Kind = SymptomKind.Pain, Score = 7 }, new Symptom { Kind = SymptomKind.Nausea, Score = 2 }, new Symptom { Kind = SymptomKind.Depression, Score = 9, Hold = new Hold { Why = HoldReason.ToldInConfidence } }],
                Home = new HomeNotes { CallFirst = true },
            }),
            TheVisit.On(TheChart.Now.AddDays(-30), "before", with: note => note with { FollowUp = new FollowUp { Ask = ["old question"] }, Home = new HomeNotes { Access = "second floor, no lift", Pets = "dog is friendly" } }),
        ];

        var overview = await new TheChart().With(SomeResource.Patient()).ReadAsync(notes: notes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overview.Ask.Select(one => $"{one.Kind} {one.Text} {one.Score}"), Is.EqualTo(new[] { "ask did LIHEAP call ", "symptom pain 7" }));
            Assert.That((overview.Home!.Access, overview.Home.CallFirst, overview.Home.Pets), Is.EqualTo(("second floor, no lift", (bool?)true, "dog is friendly")));
        }
    }

    [Test]
    public async Task The_teams_own_notes_on_the_home_are_not_for_a_clinician()
    {
        var overview = await new TheChart().With(SomeResource.Patient()).ReadAsync(TheChart.Somebody(Role.Clinician), [TheVisit.On(TheChart.Now.AddDays(-7), with: note => note with { FollowUp = new FollowUp { Ask = ["x"] }, Home = new HomeNotes { Access = "y" } })]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((overview.Ask, overview.Home), Is.EqualTo((Array.Empty<ChwFhir.Chart.AskFact>(), (ChwFhir.Chart.HomeFacts?)null)));
            Assert.That(overview.Unavailable.Where(one => one.Of == "visit-note").Select(one => (one.Part, one.Why)), Is.EqualTo(new[] { ("ask", "not-allowed"), ("home", "not-allowed") }));
        }
    }
}
