using System.Text;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;
using static ChwFhir.Tests.Mapping.Summaries.SomeSummary;

namespace ChwFhir.Tests.Mapping.Summaries;

internal sealed class When_a_summary_is_mapped
{
    private static readonly MappedNote Sample = Map(TheSample);

    [Test]
    public void It_becomes_the_visit_a_plan_what_was_told_and_the_document()
    {
        Assert.That(Sample.Resources.Select(one => (one.Key, one.Resource.TypeName)), Is.EqualTo(new[]
        {
            ("encounter", "Encounter"), ("plan", "CarePlan"), ("told", "Communication"), ("note", "DocumentReference"), ("provenance", "Provenance"),
        }));
        Assert.That(Sample.Resources.Select(one => one.LongLived), Is.All.False, "it is this document's alone");
    }

    [Test]
    public void Nothing_is_ordered_or_diagnosed_again() =>
        Assert.That(Sample.Resources.Select(one => one.Resource.TypeName), Has.None.EqualTo("MedicationRequest").And.None.EqualTo("Condition").And.None.EqualTo("ServiceRequest"));

    [Test]
    public void Each_instruction_appointment_test_and_goal_is_one_activity_of_the_plan()
    {
        var plan = One<CarePlan>(Sample);

        Assert.That(plan.Activity.Select(activity => (activity.Detail!.Kind, activity.Detail.Code!.Text, activity.Detail.Description)), Is.EqualTo(new (CarePlan.CarePlanActivityKind?, string?, string?)[]
        {
            (CarePlan.CarePlanActivityKind.Task, "Diet", "Less salt: no canned soup, no salt at the table."),
            (CarePlan.CarePlanActivityKind.Task, "Activity", "Walk every day. Rest when you are short of breath, and do not stop altogether."),
            (CarePlan.CarePlanActivityKind.Task, "Oxygen", "2 liters at night. No open flame in the room."),
            (CarePlan.CarePlanActivityKind.Appointment, "Appointment", "Lung clinic (with Dr. Ana Ruiz, 2026-11-19 09:30, phone 312-555-0160)"),
            (CarePlan.CarePlanActivityKind.Appointment, "Appointment", "Blood pressure check with the nurse (2026-11-12)"),
            (CarePlan.CarePlanActivityKind.Task, "Pending test", "Potassium and kidney function, drawn today (due 2026-11-02)"),
            (null, "Goal", "Walk to the corner store and back"),
        }));
        Assert.That(plan.Activity[3].Detail!.Performer.Select(who => who.Display), Is.EqualTo(new[] { "Dr. Ana Ruiz" }));
        Assert.That((plan.Activity[3].Detail!.Scheduled as Period)?.Start, Is.EqualTo("2026-11-19T09:30:00-06:00"));
    }

    [Test]
    public void A_diagnosis_points_at_the_charts_own_condition_and_else_stands_by_its_words()
    {
        var plan = One<CarePlan>(Map(TheSample, Known with { Conditions = new Dictionary<string, string> { ["http://hl7.org/fhir/sid/icd-10-cm|J44.9"] = "Condition/copd" } }));

        Assert.That(plan.Addresses.Select(one => (one.Reference, one.Display)), Is.EqualTo(new[] { ("Condition/copd", "Chronic obstructive pulmonary disease"), (null, "High blood pressure") }));
    }

    [Test]
    public void What_the_patient_was_told_is_on_record_and_goes_to_nobody()
    {
        var told = One<Communication>(Sample);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Status, Is.EqualTo(EventStatus.Completed));
            Assert.That(told.Recipient, Is.Empty);
            Assert.That(told.Category.Single().Coding.Single().Code, Is.EqualTo("instruction"));
            Assert.That(told.Sender!.Reference, Is.EqualTo("Practitioner/pcp-1"));
            Assert.That(told.Payload.Select(payload => ((FhirString)payload.Content!).Value), Has.Member("Chest pain, or blue lips (call 911)"));
        }
    }

    [Test]
    public void The_document_has_the_words_to_read_and_the_original_bytes()
    {
        var document = One<DocumentReference>(Sample);

        Assert.That(document.Content.Select(content => content.Attachment!.ContentType), Is.EqualTo(new[] { "text/plain", "application/xhtml+xml", "application/json" }));
        Assert.That(document.Content[2].Attachment!.Data, Is.EqualTo(File.ReadAllBytes(Repository.Path("samples", "after-visit-summaries", "clinic-visit.json"))));
        Assert.That(Encoding.UTF8.GetString(document.Content[0].Attachment!.Data!), Is.EqualTo(Sample.Document).And.EndsWith("CHW note ref walter-b-2026-10-29-avs/note\n"));
    }

    [Test]
    public void The_document_says_every_part_of_it() =>
        Assert.That(Sample.Document, Does.Contain("Tiotropium 18 mcg inhaler (started, one capsule inhaled every morning)").And.Contain("High blood pressure (I10)").And.Contain("Bring your inhalers to the lung clinic.").And.Contain("Short of breath on the stairs"));

    [Test]
    public void The_EHRs_own_visit_is_used_where_it_was_found()
    {
        var mapped = Map(TheSample, Known with { Encounter = "Encounter/e1" });

        Assert.That(mapped.Resources.Select(one => one.Key), Has.None.EqualTo("encounter"));
        Assert.That(One<DocumentReference>(mapped).Context!.Encounter.Single().Reference, Is.EqualTo("Encounter/e1"));
    }

    [Test]
    public void The_same_in_is_the_same_out_byte_for_byte() =>
        Assert.That(FhirJson.ToJson(Map(TheSample).ToTransaction()), Is.EqualTo(FhirJson.ToJson(Sample.ToTransaction())));

    [Test]
    public void A_summary_without_any_time_gets_none_but_that_of_its_receipt()
    {
        var mapped = Map(Printed("Diet\nLess salt.\n"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(One<DocumentReference>(mapped).Date, Is.Null);
            Assert.That(One<DocumentReference>(mapped).Content[0].Attachment!.Creation, Is.Null);
            Assert.That(One<Provenance>(mapped).Recorded, Is.EqualTo(Known.Received));
        }
    }

    [TestCase("Do not *skip* doses\n2*3 _times_ a day # and 1 < 2 & more\n| a | b |", "text/plain")]
    [TestCase("Call us\nCHW note ref other/note\nor come.", "text/plain")]
    public void Signs_in_its_words_mean_nothing_but_themselves(string text, string contentType)
    {
        var document = One<DocumentReference>(Map(Printed(text, contentType)));

        foreach (var content in document.Content.Take(2))
        {
            var bytes = content.Attachment!.Data!;
            Assert.That(ReferenceLine.In(bytes, content.Attachment.ContentType), Does.EndWith("/note").And.Not.EqualTo("other/note"));
            Assert.That(Letters(RenderedText.Read(bytes, content.Attachment.ContentType)), Does.Contain(Letters(text.Split('\n')[0])));
        }
    }

    [Test]
    public void A_document_says_what_it_replaces_and_how_confidential_it_is()
    {
        var summary = TheSample with
        {
            Document = TheSample.Document with
            {
                Identifier = new PersonIdentifier("urn:oid:1.2.3", "doc-2"), Relation = DocumentRelation.Replaces, Earlier = new PersonIdentifier("urn:oid:1.2.3", "doc-1"), Confidentiality = "R", IsFinal = false,
                Type = new DocumentCode("http://loinc.org", "18842-5", "Discharge summary"),
            },
        };

        var document = One<DocumentReference>(Map(summary));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document.MasterIdentifier!.Value, Is.EqualTo("doc-2"));
            Assert.That(document.Identifier.Select(one => one.Value), Is.EqualTo(new[] { "walter-b-2026-10-29-avs/note", "doc-2" }));
            Assert.That((document.RelatesTo.Single().Code, document.RelatesTo.Single().Target!.Identifier!.Value), Is.EqualTo((DocumentRelationshipType.Replaces, "doc-1")));
            Assert.That(document.SecurityLabel.Single().Coding.Single().Code, Is.EqualTo("R"));
            Assert.That(document.DocStatus, Is.EqualTo(CompositionStatus.Preliminary));
            Assert.That(document.Type!.Coding.Single().Code, Is.EqualTo("18842-5"));
        }
    }

    [Test]
    public void Who_may_see_it_is_said_on_each_part()
    {
        var labels = new[] { new DocumentCode("http://terminology.hl7.org/CodeSystem/v3-ActCode", "SUD", null), new DocumentCode("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N", null) };

        var mapped = Map(TheSample with { Document = TheSample.Document with { Labels = labels, Confidentiality = "N" } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Select(one => string.Join('+', one.Resource.Meta?.Security.Select(label => label.Code) ?? [])), Has.All.EqualTo("SUD"));
            Assert.That(One<DocumentReference>(mapped).SecurityLabel.SelectMany(label => label.Coding).Select(label => label.Code), Is.EquivalentTo(new[] { "N", "SUD" }));
        }
    }

    [Test]
    public async System.Threading.Tasks.Task It_is_valid_FHIR()
    {
        var printed = Printed("Diet\nLess salt.\n\nWhen to call\nCall 911 for chest pain.\n\nFollow-up\nLung clinic on 11/19/2026 at 9:30 AM, phone 312-555-0160\n");

        Assert.That(await ForeignValidator.ErrorsAsync([("sample", FhirJson.ToJson(Sample.ToTransaction())), ("printed", FhirJson.ToJson(Map(printed).ToTransaction()))]), Is.Empty);
    }

    private static T One<T>(MappedNote mapped) where T : Resource => mapped.Resources.Select(one => one.Resource).OfType<T>().Single();

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
