using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Testing;
using ChwFhir.Tests.Intake.Ccda;

namespace ChwFhir.Tests.Intake.FhirDocuments;

internal sealed class When_a_document_comes_as_FHIR
{
    [TestCase("text/plain", "Diet: Low salt")]
    [TestCase("text/html; charset=utf-8", "<h2>Diet</h2><p>Low salt</p>")]
    [TestCase("text/markdown", "## Diet\n\nLow salt")]
    [TestCase("text/rtf", @"{\rtf1\ansi Diet\par Low salt}")]
    public void The_document_inside_is_read_by_its_form(string type, string content)
    {
        var summary = Good(Reference(type, content)).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Instructions, Is.EqualTo(new[] { new SummaryInstruction("Diet", "Low salt") }));
        Assert.That(summary.Document.ContentType, Is.EqualTo(type.Split(';')[0]));
        Assert.That(Encoding.UTF8.GetString(summary.Document.Original.Span), Is.EqualTo(content));
    }

    [Test]
    public void What_is_no_valid_FHIR_inside_is_told_and_the_document_taken()
    {
        var reference = Reference("text/plain", "Diet: Low salt");
        reference["custodian"] = JsonNode.Parse("""{ "reference": "Patient/eXYZ" }""");
        reference["securityLabel"] = JsonNode.Parse("""[ { "coding": [ { "code": "N N  N" } ] } ]""");

        var read = Good(reference);

        Assert.That(read.Issues.Where(issue => issue.Code == "not-valid").Select(issue => (issue.Severity, issue.Pointer)), Is.EquivalentTo(new[] { ("warning", "/custodian"), ("warning", "/securityLabel/0/coding/0/code") }));
    }

    [Test]
    public void Every_label_of_the_cover_and_of_what_is_inside_is_kept_and_the_strictest_counts()
    {
        var inside = JsonNode.Parse(SomeFhir.Bundle())!;
        inside["meta"] = JsonNode.Parse("""{ "security": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": " SUD " } ] }""");
        inside["entry"]![0]!["resource"]!["meta"] = JsonNode.Parse("""{ "security": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "V" } ] }""");
        var cover = SomeFhir.Cover("application/fhir+json", SomeFhir.Bytes(inside), """{ "reference": "#p" }""");
        cover["meta"] = JsonNode.Parse("""{ "security": [ { "code": "OF THE  SITE" } ] }""");
        cover["securityLabel"] = JsonNode.Parse("""[ { "coding": [ { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "N" } ] } ]""");

        var summary = Good(cover).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Document.Labels.Select(label => label.Code), Is.EquivalentTo(new[] { "OF THE SITE", "N", "SUD", "V" }));
        Assert.That(summary.Document.Confidentiality, Is.EqualTo("V"));
    }

    [Test]
    public void The_reference_says_what_it_is()
    {
        var summary = Good(Reference("text/plain", "Diet: Low salt")).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Id, Is.EqualTo("doc-77"));
        Assert.That(summary.Document.Identifier, Is.EqualTo(new PersonIdentifier("urn:example:docs", "doc-77")));
        Assert.That(summary.Document.Type, Is.EqualTo(new DocumentCode("http://loinc.org", "18842-5", "Discharge summary")));
        Assert.That(summary.Document.IsFinal, Is.True);
        Assert.That(summary.Document.Created, Is.EqualTo("2026-11-03T15:30:00-05:00"));
        Assert.That((summary.Document.Relation, summary.Document.Earlier), Is.EqualTo((DocumentRelation.Replaces, new PersonIdentifier("urn:example:docs", "doc-76"))));
        Assert.That(summary.Subject!.Reference, Is.EqualTo("Patient/eXYZ"));
        Assert.That(summary.Authors.Single(), Has.Property("Name").EqualTo("Jane Smith").And.Property("Organization").Null);
        Assert.That(summary.Encounter, Has.Property("Reference").EqualTo("Encounter/e1").And.Property("Start").EqualTo("2026-11-03"));
    }

    [Test]
    public void A_document_inside_that_names_its_patient_counts_and_not_its_cover()
    {
        var reference = Reference("application/cda+xml", SomeCcda.Document(SomeCcda.Section("69730-0", "Less salt.")));
        reference["subject"] = JsonNode.Parse("""{ "identifier": { "system": "urn:example:mrn", "value": "of-somebody" } }""");

        var subject = Good(reference).Summary.Subject!;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(subject.Family, Is.EqualTo("Reyes"));
        Assert.That(subject.Identifiers.Select(number => number.Value), Has.None.EqualTo("of-somebody"));
    }

    [TestCase("Reyes", "1952-03-12", true)]
    [TestCase("Okafor", "1952-03-12", false)]
    [TestCase("Reyes", "1952-03-13", false)]
    public void A_cover_about_somebody_else_is_refused(string family, string born, bool isTaken)
    {
        var reference = Reference("application/cda+xml", SomeCcda.Document(SomeCcda.Section("69730-0", "Less salt.")));
        reference["subject"] = JsonNode.Parse("""{ "reference": "#p" }""");
        reference["contained"]!.AsArray().Add(JsonNode.Parse($$"""{ "resourceType": "Patient", "id": "p", "name": [ { "family": "{{family}}", "given": [ "Adela" ] } ], "birthDate": "{{born}}" }"""));

        if (isTaken)
            Assert.That(Good(reference).Summary.Subject!.Family, Is.EqualTo("Reyes"));
        else
            Assert.That(Faults(reference), Is.EqualTo(new[] { ("/subject", "patient-mismatch") }));
    }

    [TestCase("status")]
    [TestCase("docStatus")]
    public void A_document_that_was_entered_in_error_is_refused(string member)
    {
        var reference = Reference("text/plain", "Diet: Low salt");
        reference[member] = "entered-in-error";

        Assert.That(Faults(reference), Is.EqualTo(new[] { ($"/{member}", "not-current") }));
    }

    [Test]
    public void A_document_that_was_superseded_is_taken_with_a_warning()
    {
        var reference = Reference("text/plain", "Diet: Low salt");
        reference["status"] = "superseded";

        Assert.That(Good(reference).Issues.Select(issue => (issue.Severity, issue.Code, issue.Pointer)), Does.Contain(("warning", "superseded", "/status")));
    }

    [Test]
    public void Bytes_inside_that_are_in_no_encoding_are_refused_with_their_place()
    {
        var reference = Reference("application/cda+xml", "x");
        reference["content"]![0]!["attachment"]!["data"] = Convert.ToBase64String([0x4c, 0x6f, 0xa7, 0x94]);

        Assert.That(Faults(reference), Is.EqualTo(new[] { ("/content/0/attachment/data", "not-xml") }));
    }

    [Test]
    public void Of_several_patients_in_a_bundle_none_is_guessed()
    {
        var bundle = JsonNode.Parse("""
            { "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:example:docs", "value": "b-2" }, "timestamp": "2026-11-03T15:30:00Z", "entry": [
              { "resource": { "resourceType": "Composition", "status": "final", "title": "Summary", "date": "2026-11-03", "type": { "text": "Summary" }, "author": [ { "display": "Jane Smith" } ],
                "section": [ { "title": "Diet", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Less salt.</div>" } } ] } },
              { "resource": { "resourceType": "Patient", "id": "mother", "name": [ { "family": "Okafor", "given": [ "Ngozi" ] } ], "birthDate": "1993-04-02" } },
              { "resource": { "resourceType": "Patient", "id": "child", "name": [ { "family": "Okafor", "given": [ "Ada" ] } ], "birthDate": "2026-04-02" } } ] }
            """)!;

        Assert.That(Faults(bundle).Select(fault => fault.Item2), Is.EqualTo(new[] { "patient-missing" }));
    }

    [Test]
    public void Of_several_forms_the_readable_one_counts()
    {
        var reference = Reference("text/plain", "Diet: Low salt");
        reference["content"]!.AsArray().Insert(0, JsonNode.Parse("""{ "attachment": { "contentType": "application/pdf", "data": "JVBERi0xLjc=" } }"""));

        var reading = Good(reference);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading.Summary.Document.ContentType, Is.EqualTo("text/plain"));
        Assert.That(reading.Issues.Select(issue => (issue.Code, issue.Pointer)), Does.Contain(("kept-as-file", "/content/0/attachment")));
    }

    [Test]
    public void A_file_is_kept_as_it_came()
    {
        var reading = Good(Reference("application/pdf", "%PDF-1.7"));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading.Summary.Document.ContentType, Is.EqualTo("application/pdf"));
        Assert.That(reading.Issues.Select(issue => issue.Code), Does.Contain("kept-as-file"));
    }

    [Test]
    public void What_lies_elsewhere_is_not_fetched()
    {
        var reference = Reference("text/plain", "x");
        reference["content"]![0]!["attachment"] = JsonNode.Parse("""{ "contentType": "text/plain", "url": "https://example.invalid/Binary/1" }""");

        Assert.That(Faults(reference), Is.EqualTo(new[] { ("/content/0/attachment/url", "attachment-elsewhere") }));
    }

    [TestCase("""{ "resourceType": "Patient" }""", "/resourceType", "not-a-document")]
    [TestCase("""{ "resourceType": "Bundle", "type": "searchset" }""", "/type", "not-a-document")]
    [TestCase("""{ "resourceType": "Bundle", "type": "document", "entry": [ { "resource": { "resourceType": "Patient" } } ] }""", "/entry/0/resource", "not-a-document")]
    [TestCase("""{ "resourceType": "DocumentReference", "subject": { "reference": "Patient/1" } }""", "/content", "attachment-missing")]
    public void What_is_no_document_is_refused_with_its_place(string json, string pointer, string code) => Assert.That(Faults(JsonNode.Parse(json)!), Is.EqualTo(new[] { (pointer, code) }));

    [Test]
    public void What_is_no_JSON_is_unreadable() => Assert.That(Read("{ \"resourceType\": "u8.ToArray()), Is.InstanceOf<SummaryReading.Unreadable>());

    [Test]
    public void Sections_that_are_nested_too_deep_are_left_out_and_it_is_said()
    {
        var bundle = JsonNode.Parse(SomeFhir.Bundle())!;
        var section = bundle["entry"]![0]!["resource"]!["section"]![0]!;
        for (var level = 2; level <= 10; level++)
        {
            section["section"] = new JsonArray(JsonNode.Parse($$"""{ "title": "Level {{level}}", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">Said at {{level}}</div>" } }"""));
            section = section["section"]![0]!;
        }

        var reading = Good(bundle);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(reading.Summary.Sections.Select(one => one.Text), Has.Exactly(8).Items.And.Some.EqualTo("Said at 8").And.None.EqualTo("Said at 9"));
        Assert.That(reading.Issues.Where(issue => issue.Code == "left-out").Select(issue => (issue.Severity, issue.Pointer, issue.Detail[..2])), Is.EqualTo(new[] { ("warning", "/entry/0/resource" + string.Concat(Enumerable.Repeat("/section/0", 9)), "2 ") }));
    }

    [Test]
    public void A_document_bundle_is_read_by_its_sections_and_entries()
    {
        var summary = Good(JsonNode.Parse("""
            { "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:example:docs", "value": "b-1" }, "timestamp": "2026-11-03T15:30:00Z", "entry": [
              { "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Composition", "status": "final", "title": "After visit summary", "date": "2026-11-03",
                "type": { "coding": [ { "system": "http://loinc.org", "code": "34133-9" } ] }, "subject": { "reference": "Patient/p" }, "author": [ { "reference": "urn:uuid:3" } ],
                "section": [
                  { "title": "Medicines", "code": { "coding": [ { "system": "http://loinc.org", "code": "10160-0" } ] },
                    "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><ul><li>Ondansetron 4 mg</li></ul></div>" }, "entry": [ { "reference": "MedicationRequest/m" } ] },
                  { "title": "Goals", "entry": [ { "reference": "Goal/g" } ] },
                  { "title": "When to call", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Call 911 if you cannot breathe.</p></div>" } },
                  { "title": "Follow-up", "text": { "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>See below</p></div>" }, "entry": [ { "reference": "Appointment/a" } ] } ] } },
              { "resource": { "resourceType": "Patient", "id": "p", "identifier": [ { "system": "urn:example:mrn", "value": "E4007" } ], "name": [ { "family": "Okafor", "given": [ "Ngozi" ] } ], "birthDate": "1963-04-02" } },
              { "fullUrl": "urn:uuid:3", "resource": { "resourceType": "Practitioner", "name": [ { "family": "Smith", "given": [ "Jane" ] } ] } },
              { "resource": { "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": { "reference": "Patient/p" },
                "medicationCodeableConcept": { "text": "Ondansetron 4 mg" }, "dosageInstruction": [ { "text": "every 8 hours" } ] } },
              { "resource": { "resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": { "text": "Walk every day" }, "subject": { "reference": "Patient/p" }, "target": [ { "dueDate": "2027-01" } ] } },
              { "resource": { "resourceType": "Appointment", "id": "a", "status": "booked", "description": "Oncology visit", "start": "2026-11-17T10:30:00-05:00", "participant": [ { "actor": { "reference": "urn:uuid:3" }, "status": "accepted" } ] } } ] }
            """)!).Summary;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(summary.Id, Is.EqualTo("b-1"));
        Assert.That(summary.Subject, Has.Property("Family").EqualTo("Okafor").And.Property("Given").EqualTo("Ngozi").And.Property("BirthDate").EqualTo("1963-04-02"));
        Assert.That(summary.Sections, Is.EqualTo(new[]
        {
            new SummarySection("Medicines", "10160-0", "- Ondansetron 4 mg"), new SummarySection("Goals", null, "- Walk every day"),
            new SummarySection("When to call", null, "Call 911 if you cannot breathe."), new SummarySection("Follow-up", null, "See below"),
        }));
        Assert.That(summary.Medications, Is.EqualTo(new[] { new SummaryMedication("Ondansetron 4 mg", null, "every 8 hours", null, "active") }));
        Assert.That(summary.Goals, Is.EqualTo(new[] { new SummaryGoal("Walk every day", null, "2027-01") }));
        Assert.That(summary.WarningSigns, Is.EqualTo(new[] { new WarningSign("Call 911 if you cannot breathe.", WarningAction.Call911) }));
        Assert.That(summary.FollowUps, Is.EqualTo(new[] { new SummaryFollowUp("Oncology visit", "Jane Smith", "2026-11-17T10:30:00-05:00") }));
        Assert.That(summary.Authors.Single().Name, Is.EqualTo("Jane Smith"));
    }

    /// <summary>Documents of other systems: with the document inside they are read or refused with a place, without it they are refused.</summary>
    [Test]
    public void Documents_of_others_are_answered()
    {
        var (read, refused) = (0, 0);
        using var scope = Assert.EnterMultipleScope();
        foreach (var file in Directory.GetFiles(Needs.TestData(), "*.json", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("\"DocumentReference\"", StringComparison.Ordinal)))
        {
            foreach (var reference in References(file))
            {
                var inside = reference["content"]?.AsArray().Any(content => content?["attachment"]?["data"]?.GetValue<string>().Length > 0) is true;
                var reading = Read(Encoding.UTF8.GetBytes(reference.ToJsonString()));
                Assert.That(inside || reading is SummaryReading.Invalid, Is.True, file);
                Assert.That(reading, Is.InstanceOf<SummaryReading.Read>().Or.InstanceOf<SummaryReading.Invalid>(), file);
                if (reading is SummaryReading.Read)
                    read++;
                else
                    refused++;
            }
        }

        Assert.That(read, Is.GreaterThan(5));
        TestContext.Out.WriteLine($"{read} read, {refused} refused (the document is not inside, or is no document)");
    }

    private static IEnumerable<JsonNode> References(string file)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(file));
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }

        return root?["resourceType"]?.GetValue<string>() == "DocumentReference" ? [root]
            : root is JsonObject && root["entry"] is JsonArray entries ? entries.Select(entry => entry?["resource"]).OfType<JsonObject>().Where(resource => resource["resourceType"]?.GetValue<string>() == "DocumentReference")
            : [];
    }

    private static JsonNode Reference(string type, string content) => JsonNode.Parse($$"""
        { "resourceType": "DocumentReference", "status": "current", "docStatus": "final", "masterIdentifier": { "system": "urn:example:docs", "value": "doc-77" },
          "type": { "coding": [ { "system": "http://loinc.org", "code": "18842-5", "display": "Discharge summary" } ] }, "subject": { "reference": "Patient/eXYZ" }, "date": "2026-11-03T15:30:00-05:00",
          "author": [ { "reference": "#dr" } ], "contained": [ { "resourceType": "Practitioner", "id": "dr", "name": [ { "family": "Smith", "given": [ "Jane" ] } ] } ],
          "relatesTo": [ { "code": "replaces", "target": { "identifier": { "system": "urn:example:docs", "value": "doc-76" } } } ],
          "context": { "encounter": [ { "reference": "Encounter/e1" } ], "period": { "start": "2026-11-03" } },
          "content": [ { "attachment": { "contentType": "{{type}}", "data": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}}" } } ] }
        """)!;

    private static SummaryReading Read(byte[] body) => SummaryReader.Read(new SummaryCall(body, "application/fhir+json"), new IntakeOptions());

    private static SummaryReading.Read Good(JsonNode json) => Read(Encoding.UTF8.GetBytes(json.ToJsonString())) switch
    {
        SummaryReading.Read read => read,
        SummaryReading.Invalid invalid => throw new AssertionException(string.Join("; ", invalid.Faults)),
        var other => throw new AssertionException(other.ToString()),
    };

    private static IEnumerable<(string, string)> Faults(JsonNode json) => ((SummaryReading.Invalid)Read(Encoding.UTF8.GetBytes(json.ToJsonString()))).Faults.Select(fault => (fault.Pointer, fault.Code));
}
