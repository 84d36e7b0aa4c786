using ChwFhir.Fhir.Model;

namespace ChwFhir.Benchmarks.Fhir;

using static CarePlan;
using static Encounter;
using static Goal;

/// <summary>A transaction as a home visit makes it: seven entries, about 13 kB, with a note of 2 kB.</summary>
internal static class VisitBundle
{
    private const string Loinc = "http://loinc.org";
    private const string Snomed = "http://snomed.info/sct";

    public static Bundle Make()
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Transaction };
        Add(bundle, "e1", Encounter());
        Add(bundle, "c1", CarePlan());
        Add(bundle, "a1", Communication());
        Add(bundle, "d1", DocumentReference());
        Add(bundle, "b1", Observation("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", 6m, "{score}"));
        Add(bundle, "b2", Observation("8867-4", "Heart rate", 78.50m, "/min"));
        Add(bundle, "f1", Goal());

        return bundle;
    }

    private static void Add(Bundle bundle, string id, Resource resource)
    {
        resource.Meta = new Meta { Profile = Profile(resource), Tag = [new Coding("https://chwfhir.example/source", "home-visit")] };
        bundle.AddTransactionEntry(
            resource,
            "urn:uuid:6f2c1b04-0000-4000-8000-0000000000" + id,
            Bundle.HTTPVerb.POST,
            resource.TypeName,
            "identifier=https://chwfhir.example/visit-notes|note-2026-03-14-0001-" + id);
    }

    private static IEnumerable<string?> Profile(Resource resource) => resource is Communication
        ? [] // US Core has none
        : ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-" + (resource is Observation ? "simple-observation" : resource.TypeName.ToLowerInvariant())];

    private static Narrative Story(string what) => new() { Status = Narrative.NarrativeStatus.Generated, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{what}</p><p>Recorded by a community health worker during a visit at home.</p></div>" };

    private static Identifier Number(string part) => new("https://chwfhir.example/visit-notes", "note-2026-03-14-0001-" + part) { Use = Identifier.IdentifierUse.Official };

    private static ResourceReference Patient() => new("Patient/pat-1", "Patient of the visit");

    private static ResourceReference Worker() => new("Practitioner/chw-7", "Community health worker");

    private static ResourceReference Visit() => new("urn:uuid:6f2c1b04-0000-4000-8000-0000000000e1");

    private static Encounter Encounter() => new()
    {
        Text = Story("Home visit of 65 minutes"),
        Identifier = [Number("e1")],
        Status = EncounterStatus.Finished,
        Class = new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HH", "home health"),
        Type = [new CodeableConcept(Snomed, "439708006", "Home visit", "Home visit by a community health worker")],
        Subject = Patient(),
        Participant = [new() { Type = [new CodeableConcept { Coding = [new Coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "PPRF", "primary performer")] }], Individual = Worker() }],
        Period = new Period { Start = "2026-03-14T09:30:00-05:00", End = "2026-03-14T10:35:00-05:00" },
        ReasonCode = [new CodeableConcept(Snomed, "385763009", "Hospice care", "Follow-up after hospital stay")],
        ServiceProvider = new ResourceReference("Organization/org-1", "Neighbourhood programme"),
    };

    private static CarePlan CarePlan()
    {
        var plan = new CarePlan
        {
            Text = Story("Plan of the programme with three steps"),
            Identifier = [Number("c1")],
            Status = RequestStatus.Active,
            Intent = CarePlanIntent.Plan,
            Category = [new CodeableConcept { Coding = [new Coding("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment")] }],
            Title = "Community health worker plan",
            Subject = Patient(),
            Encounter = Visit(),
            Period = new Period { Start = "2026-03-14" },
            Created = "2026-03-14T10:35:00-05:00",
            Author = Worker(),
            Goal = [new ResourceReference("urn:uuid:6f2c1b04-0000-4000-8000-0000000000f1")],
        };
        foreach (var step in (string[])["Arrange a ride to the oncology appointment on Thursday", "Call the food pantry about weekly delivery", "Check with the nurse about the night-time pain medicine"])
        {
            plan.Activity.Add(new()
            {
                Detail = new()
                {
                    Kind = CarePlanActivityKind.Task,
                    Code = new CodeableConcept { Text = step },
                    Status = CarePlanActivityStatus.InProgress,
                    DoNotPerform = false,
                    Scheduled = new Period { Start = "2026-03-15", End = "2026-03-22" },
                    Performer = [Worker()],
                    Description = step + ", and tell the daughter how it went.",
                },
            });
        }

        return plan;
    }

    private static Communication Communication() => new()
    {
        Text = Story("Message to the care team"),
        Identifier = [Number("a1")],
        Status = EventStatus.Completed,
        Category = [new CodeableConcept { Coding = [new Coding("http://terminology.hl7.org/CodeSystem/communication-category", "notification", "Notification")] }],
        Priority = RequestPriority.Urgent,
        Subject = Patient(),
        Encounter = Visit(),
        Sent = "2026-03-14T10:40:00-05:00",
        Recipient = [new ResourceReference("Practitioner/nurse-2", "Palliative nurse"), new ResourceReference("Practitioner/sw-3", "Social worker")],
        Sender = Worker(),
        Payload = [new() { Content = new FhirString("Pain is 6 of 10 at night and the last two nights were without sleep. She asks whether the evening dose can be earlier. The daughter is tired & would like a call <before noon>.") }],
        Note = [new Annotation { Author = Worker(), Time = "2026-03-14T10:40:00-05:00", Text = "Left a message as well." }],
    };

    private static DocumentReference DocumentReference() => new()
    {
        Text = Story("The note as it was written"),
        Identifier = [Number("d1")],
        Status = DocumentReferenceStatus.Current,
        DocStatus = CompositionStatus.Final,
        Type = new CodeableConcept(Loinc, "34109-9", "Note", "Community health worker note"),
        Category = [new CodeableConcept { Coding = [new Coding("http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note")] }],
        Subject = Patient(),
        Date = new DateTimeOffset(2026, 3, 14, 10, 35, 0, TimeSpan.FromHours(-5)),
        Author = [Worker()],
        Content = [new() { Attachment = new Attachment { ContentType = "text/plain; charset=utf-8", Language = "en", Data = Note(), Title = "Visit note", Creation = "2026-03-14T10:35:00-05:00" } }],
        Context = new() { Encounter = [Visit()], Period = new Period { Start = "2026-03-14T09:30:00-05:00", End = "2026-03-14T10:35:00-05:00" } },
    };

    private static byte[] Note() => System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("We sat in the kitchen and talked about the week. She sleeps badly, eats little, and worries about the rent. ", 20)));

    private static Observation Observation(string code, string display, decimal value, string unit) => new()
    {
        Text = Story(display),
        Identifier = [Number("o-" + code)],
        Status = ObservationStatus.Final,
        Category = [new CodeableConcept { Coding = [new Coding("http://terminology.hl7.org/CodeSystem/observation-category", "survey", "Survey")] }],
        Code = new CodeableConcept { Coding = [new Coding(Loinc, code, display)] },
        Subject = Patient(),
        Encounter = Visit(),
        Effective = new FhirDateTime("2026-03-14T09:50:00-05:00"),
        Performer = [Worker()],
        Value = new Quantity(value, unit),
        Note = [new Annotation { Text = "Said so herself." }],
    };

    private static Goal Goal() => new()
    {
        Text = Story("Goal in her own words"),
        Identifier = [Number("f1")],
        LifecycleStatus = GoalLifecycleStatus.Active,
        AchievementStatus = new CodeableConcept { Coding = [new Coding("http://terminology.hl7.org/CodeSystem/goal-achievement", "in-progress", "In Progress")] },
        Description = new CodeableConcept { Text = "To sit in the garden with the grandchildren at Easter" },
        Subject = Patient(),
        Start = new Date("2026-03-14"),
        Target = [new() { Measure = new CodeableConcept { Text = "Time outside" }, Detail = new FhirString("An hour outside"), Due = new Date("2026-04-05") }],
        StatusDate = "2026-03-14",
        ExpressedBy = Patient(),
        Note = [new Annotation { Text = "Her own words." }],
    };
}
