using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_a_visit_is_mapped
{
    [TestCase("completed", Encounter.EncounterStatus.Finished, null)]
    [TestCase("ended-early", Encounter.EncounterStatus.Finished, "The visit ended early.")]
    [TestCase("planned", Encounter.EncounterStatus.Planned, null)]
    [TestCase("not-home", Encounter.EncounterStatus.Cancelled, "nobody was home")]
    [TestCase("declined", Encounter.EncounterStatus.Cancelled, "declined")]
    [TestCase("in-hospital", Encounter.EncounterStatus.Cancelled, "in hospital")]
    [TestCase("moved", Encounter.EncounterStatus.Cancelled, "moved")]
    [TestCase("unsafe", Encounter.EncounterStatus.Cancelled, "not safe")]
    [TestCase("died", Encounter.EncounterStatus.Cancelled, "died")]
    [TestCase("cancelled", Encounter.EncounterStatus.Cancelled, "cancelled")]
    public void Its_status_becomes_the_encounters_with_the_reason_in_words(string status, Encounter.EncounterStatus expected, string? reason)
    {
        var mapped = Notes.Map($$"""{ "visit": { "status": "{{status}}" } }""");

        var encounter = mapped.The<Encounter>("encounter");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(encounter.Status, Is.EqualTo(expected));
            Assert.That(encounter.ReasonCode.FirstOrDefault()?.Text, reason is null ? Is.Null : Does.Contain(reason));
            Assert.That(encounter.Length is not null, Is.EqualTo(expected == Encounter.EncounterStatus.Finished));
            Assert.That(mapped.Document, reason is null ? Does.Not.Contain("No visit") : Does.Contain(reason));
        }
    }

    [TestCase("home", "HH")]
    [TestCase("phone", "VR")]
    [TestCase("video", "VR")]
    [TestCase("message", "VR")]
    [TestCase("clinic", "AMB")]
    [TestCase("community", "FLD")]
    [TestCase("bereavement", "FLD")]
    public void Its_kind_becomes_the_class(string kind, string expected)
    {
        var encounter = Notes.Map($$"""{ "visit": { "kind": "{{kind}}" } }""").The<Encounter>("encounter");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(encounter.Class!.Code, Is.EqualTo(expected));
            Assert.That(encounter.Contained.Count, Is.EqualTo(kind == "home" ? 1 : 0));
        }
    }

    [Test]
    public void A_hospital_bedside_gets_no_encounter()
    {
        var mapped = Notes.Map("""{ "visit": { "kind": "hospital" } }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Select(one => one.Resource.TypeName), Does.Not.Contain("Encounter"));
            Assert.That(mapped.Document, Does.Contain("Hospital bedside visit"));
        }
    }

    [Test]
    public void The_EHRs_own_encounter_is_used_when_it_is_known()
    {
        var mapped = Notes.Map("""{ "symptoms": [ { "symptom": "pain", "score": 2 } ] }""", Notes.TheChart with { Encounter = "Encounter/e9" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Select(one => one.Key), Does.Not.Contain("encounter"));
            Assert.That(mapped.The<Observation>("symptom/pain").Encounter!.Reference, Is.EqualTo("Encounter/e9"));
        }
    }

    [Test]
    public void Nobody_is_visited_any_more_who_has_died()
    {
        var planned = Notes.Map("""{ "visit": { "status": "planned" } }""", Notes.TheChart with { Deceased = true }).The<Encounter>("encounter");

        using var together = Assert.EnterMultipleScope();
        Assert.That(planned.Status, Is.EqualTo(Encounter.EncounterStatus.Cancelled));
        Assert.That(planned.ReasonCode.Select(reason => reason.Text), Is.EqualTo(new[] { "No visit: the patient has died." }));
    }

    [Test]
    public void A_planned_and_a_completed_note_of_one_visit_share_the_encounter()
    {
        var planned = Notes.Map("""{ "id": "a", "visit": { "id": "v-17", "status": "planned" } }""");
        var completed = Notes.Map("""{ "id": "b", "visit": { "id": "v-17" } }""");
        var others = Notes.Map("""{ "id": "b", "visit": { "id": "v-17" } }""", Notes.TheChart with { Patient = "Patient/p2" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(completed.Url("encounter"), Is.EqualTo(planned.Url("encounter")));
            Assert.That(others.Url("encounter"), Is.Not.EqualTo(planned.Url("encounter")));
        }
    }

    [Test]
    public void What_the_note_does_not_say_is_absent()
    {
        var mapped = Notes.Map("{}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.Resources.Select(one => one.Key), Is.EqualTo(new[] { "encounter", "note", "provenance" }));
            Assert.That(mapped.The<Encounter>("encounter").ServiceProvider, Is.Null);
            Assert.That(mapped.Held, Is.Empty);
            Assert.That(mapped.Issues.Select(issue => (issue.Code, issue.Pointer)), Is.EqualTo(new[] { ("kept-in-text", "/narrative") }));
        }
    }

    [Test]
    public void A_caregiver_whom_the_EHR_does_not_know_becomes_a_related_person()
    {
        var mapped = Notes.Map("""{ "visit": { "participants": [ { "id": "imani", "name": "Imani", "relationship": "Daughter", "role": "caregiver", "phone": "555-1" }, { "name": "Known", "role": "family", "reference": "RelatedPerson/r1" } ] } }""");

        var person = mapped.The<RelatedPerson>("caregiver/imani");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(person.Relationship[0].Coding[0].Code, Is.EqualTo("DAUC"));
            Assert.That(person.Relationship[1].Coding[0].Code, Is.EqualTo("CAREGIVER"));
            Assert.That(person.Telecom[0].Value, Is.EqualTo("555-1"));
            Assert.That(mapped.Resources.Count(one => one.Resource is RelatedPerson), Is.EqualTo(1));
            Assert.That(mapped.The<Encounter>("encounter").Participant[1].Individual!.Reference, Is.EqualTo(mapped.Url("caregiver/imani")));
        }
    }

    [Test]
    public void Home_asks_time_travel_and_consents_stay_with_the_service()
    {
        var mapped = Notes.Map("""
            { "home": { "access": "MARKER", "pets": "MARKER", "safety": "MARKER" }, "followUp": { "text": "See you.", "ask": ["MARKER"] }, "visit": { "travel": { "miles": 77123 } },
              "consents": [ { "kind": "chi", "how": "MARKER" } ], "time": [ { "activity": "support", "minutes": 60, "text": "MARKER" } ], "programme": { "id": "x", "model": "MARKER" } }
            """);

        Assert.That(mapped.Json() + mapped.Document + mapped.Html(), Does.Not.Contain("MARKER").And.Not.Contain("77123"));
    }
}
