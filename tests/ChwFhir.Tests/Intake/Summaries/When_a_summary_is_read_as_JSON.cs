using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake.Summaries;

internal sealed class When_a_summary_is_read_as_JSON
{
    private const string Walter = """ "patient": { "reference": "Patient/walter-b" } """;
    private static readonly byte[] Sample = File.ReadAllBytes(Repository.Path("samples", "after-visit-summaries", "clinic-visit.json"));

    [Test]
    public void Every_member_of_it_is_there()
    {
        var summary = ((SummaryReading.Read)Read(Encoding.UTF8.GetString(Sample))).Summary;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((summary.Id, summary.Patient!.Reference, summary.Patient.Check!.FamilyName), Is.EqualTo(("walter-b-2026-10-29-avs", "Patient/walter-b", "Bailey")));
            Assert.That(summary.Authors.Single().Reference, Is.EqualTo("Practitioner/pcp-1"));
            Assert.That((summary.Encounter!.Type, summary.Encounter.Location, summary.Encounter.Reason), Is.EqualTo(("Office visit", "Riverside Primary Care", "Short of breath on the stairs")));
            Assert.That(summary.Diagnoses[0].Code, Is.EqualTo(new DocumentCode("http://hl7.org/fhir/sid/icd-10-cm", "J44.9", null)));
            Assert.That(summary.Medications.Select(medicine => medicine.Change), Is.EqualTo(new[] { MedicationChange.Started, MedicationChange.Continued, MedicationChange.Stopped }));
            Assert.That(summary.WarningSigns.Select(sign => sign.Action), Is.EqualTo(new[] { WarningAction.CallNurseLine, WarningAction.Call911 }));
            Assert.That(summary.FollowUps[0], Is.EqualTo(new SummaryFollowUp("Lung clinic", "Dr. Ana Ruiz", "2026-11-19T09:30:00-06:00", "312-555-0160")));
            Assert.That(summary.PendingTests.Single().Due, Is.EqualTo("2026-11-02"));
            Assert.That(summary.Sections.Single().Text, Does.StartWith("You came because"));
            Assert.That(summary.Document.Original.ToArray(), Is.EqualTo(Sample));
        }
    }

    [TestCase("""{ "narrative": "x" }""", "/patient required")]
    [TestCase($$"""{ {{Walter}} }""", " required")]
    [TestCase($$"""{ {{Walter}}, "instructions": [] }""", " required")]
    [TestCase($$"""{ {{Walter}}, "narrative": "x", "colour": 1 }""", "/colour unknown-member")]
    [TestCase($$"""{ {{Walter}}, "medications": [ { "change": "paused" } ], "warningSigns": [ { "text": "x", "action": "run" } ] }""", "/medications/0/text required;/medications/0/change not-in-list;/warningSigns/0/action not-in-list")]
    [TestCase($$"""{ {{Walter}}, "narrative": "x", "encounter": { "start": "2026-10-29", "end": "2026-10-28" } }""", "/encounter/end end-before-start")]
    [TestCase($$"""{ {{Walter}}, "followUps": [ { "text": "x", "start": "2026-02-30" } ] }""", "/followUps/0/start bad-date")]
    [TestCase($$"""{ {{Walter}}, "diagnoses": [ { "text": "x", "code": { "code": "C50" } } ] }""", "/diagnoses/0/code/system required")]
    [TestCase($$"""{ {{Walter}}, "narrative": "x", "id": "a b" }""", "/id bad-id")]
    [TestCase($$"""{ {{Walter}}, "narrative": "x", "schemaVersion": 2 }""", "/schemaVersion unsupported-version")]
    [TestCase("""{ "patient": { "reference": "Practitioner/x" }, "narrative": "x" }""", "/patient/reference bad-reference")]
    public void Every_fault_is_named_with_its_place(string json, string faults) =>
        Assert.That(string.Join(';', ((SummaryReading.Invalid)Read(json)).Faults.Select(fault => $"{fault.Pointer} {fault.Code}")), Is.EqualTo(faults));

    [TestCase("Patient/walter-b", null, null, "")]
    [TestCase("Patient/rosa-m", null, null, "/patient/reference patient-mismatch")]
    [TestCase("walter-b", null, null, "X-Chw-Patient bad-reference")]
    [TestCase(null, "Encounter/e2", null, "/encounter/reference encounter-differs")]
    [TestCase(null, null, "other", "/id id-differs")]
    public void What_the_headers_say_must_be_the_same(string? patient, string? encounter, string? id, string faults)
    {
        var reading = SummaryReader.Read(
            new SummaryCall(Encoding.UTF8.GetBytes($$"""{ {{Walter}}, "id": "a1", "encounter": { "reference": "Encounter/e1" }, "narrative": "x" }"""), "application/json; charset=utf-8", patient, encounter, id), new IntakeOptions());

        Assert.That(reading is SummaryReading.Invalid invalid ? string.Join(';', invalid.Faults.Select(fault => $"{fault.Pointer} {fault.Code}")) : "", Is.EqualTo(faults));
    }

    [Test]
    public void The_headers_alone_are_enough()
    {
        var summary = WithoutId("Patient/p1", "Encounter/e1");

        Assert.That((summary.Patient!.Reference, summary.Encounter!.Reference), Is.EqualTo(("Patient/p1", "Encounter/e1")));
    }

    [Test]
    public void Without_an_id_its_content_and_whom_and_which_visit_the_call_names_are_its_id()
    {
        string[] ids = [WithoutId("Patient/p1", null).Id, WithoutId("Patient/p2", null).Id, WithoutId("Patient/p1", "Encounter/e1").Id, WithoutId("Patient/p1", "Encounter/e2").Id];

        using var scope = Assert.EnterMultipleScope();
        Assert.That(ids, Is.Unique);
        Assert.That(WithoutId("https://ehr.example/fhir/Patient/p1", null).Id, Is.EqualTo(ids[0]));
    }

    private static AfterVisitSummary WithoutId(string patient, string? encounter) =>
        ((SummaryReading.Read)SummaryReader.Read(new SummaryCall("""{ "narrative": "x" }"""u8.ToArray(), "application/json", patient, encounter), new IntakeOptions())).Summary;

    [Test]
    public void The_order_of_members_and_white_space_make_no_other_content()
    {
        var one = (SummaryReading.Read)Read($$"""{ {{Walter}}, "narrative": "x" }""");
        var other = (SummaryReading.Read)Read($$"""{"narrative":"x",  {{Walter}} }""");

        Assert.That(one.ContentHash, Is.EqualTo(other.ContentHash));
    }

    [Test]
    public void In_Production_the_patient_has_to_be_checked() =>
        Assert.That(((SummaryReading.Invalid)SummaryReader.Read(new SummaryCall(Encoding.UTF8.GetBytes($$"""{ {{Walter}}, "narrative": "x" }"""), "application/json"), new IntakeOptions { RequirePatientCheck = true })).Faults.Single().Pointer,
            Is.EqualTo("/patient/check"));

    [Test]
    public void Too_much_and_no_form_are_said()
    {
        Assert.That(SummaryReader.Read(new SummaryCall(new byte[(10 * 1024 * 1024) + 1], "application/json"), new IntakeOptions()), Is.EqualTo(new SummaryReading.TooLarge(10 * 1024 * 1024)));
        Assert.That(SummaryReader.Read(new SummaryCall(new byte[1], "application/pdf"), new IntakeOptions()), Is.InstanceOf<SummaryReading.NotAForm>());
        Assert.That(Read("{"), Is.InstanceOf<SummaryReading.Unreadable>());
    }

    [Test]
    public void The_schema_takes_what_the_reader_takes_and_refuses_what_it_refuses()
    {
        var schema = JsonDocument.Parse(SummarySchema.Json).RootElement;
        var bad = JsonNode.Parse(Sample)!;
        bad["warningSigns"]![0]!["action"] = "run";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SmallSchema.Takes(schema, JsonDocument.Parse(Sample).RootElement), Is.True);
            Assert.That(SmallSchema.Takes(schema, JsonDocument.Parse(bad.ToJsonString()).RootElement), Is.False);
            Assert.That(SmallSchema.Takes(schema, JsonDocument.Parse($$"""{ {{Walter}} }""").RootElement), Is.False, "nothing is told");
        }
    }

    private static SummaryReading Read(string json) => SummaryReader.Read(new SummaryCall(Encoding.UTF8.GetBytes(json), "application/json"), new IntakeOptions());
}
