using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

/// <summary>Every member of the contract, once. Records are compared whole, so that a member that were not read would be missed.</summary>
internal sealed class When_the_full_note_is_read
{
    private static readonly VisitNoteReading.Read TheReading =
        VisitNoteReader.Read(SomeNote.Whole, new IntakeOptions { RequirePatientCheck = true }) as VisitNoteReading.Read ?? throw new InvalidOperationException("The full note was refused.");

    private static readonly VisitNote TheNote = TheReading.Note;

    [Test]
    public void Nothing_is_remarked() => Assert.That(TheReading.Issues, Is.Empty);

    [Test]
    public void The_head_is_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.SchemaVersion, Is.EqualTo(1));
        Assert.That(TheNote.Id, Is.EqualTo("0e9f6c1a-full.note_1"));
        Assert.That(TheNote.Language, Is.EqualTo("en-US"));
        Assert.That(TheNote.Authored, Is.EqualTo(At("2026-11-03T15:40:00-05:00")).And.Property("Offset").EqualTo(TimeSpan.FromHours(-5)));
        Assert.That(TheNote.When, Is.EqualTo(TheNote.Authored));
    }

    [Test]
    public void The_people_are_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Patient, Is.EqualTo(new NotePatient
        {
            Reference = "Patient/eXYZ", Identifier = new PersonIdentifier("urn:oid:1.2.840.114350.1", "E4007"),
            Check = new PatientCheck { BirthDate = "1963-04-02", FamilyName = "Okafor" },
        }));
        Assert.That(TheNote.Author, Is.EqualTo(new NoteAuthor
        {
            Reference = "Practitioner/chw-1", Identifier = new PersonIdentifier("http://hl7.org/fhir/sid/us-npi", "1912301953"), Name = "Rosa Delgado", Phone = "+1 215 555 0142",
        }));
        Assert.That(TheNote.Programme, Is.EqualTo(new NoteProgramme
        {
            Id = "impact-2026", Name = "IMPaCT palliative", Start = "2026-03-01", End = "2026-09", Model = "chi",
            BillingPractitioner = new PersonRef { Reference = "Practitioner/dr-lee" },
            InitiatingVisit = new InitiatingVisit { Date = "2026-02-20", Reference = "Encounter/init-1" },
        }));
    }

    [Test]
    public void The_visit_is_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Visit with { Participants = [] }, Is.EqualTo(new Visit
        {
            Id = "v-17", Kind = VisitKind.Home, Status = VisitStatus.EndedEarly, Start = At("2026-11-03T14:05:00-05:00"), End = At("2026-11-03T15:10:00-05:00"),
            Encounter = new PersonRef { Reference = "Encounter/e-9" },
            Interpreter = new VisitInterpreter { Language = "es", Mode = "in-person", Name = "Luz" },
            Travel = new Travel { Miles = 12.4m, Minutes = 35 }, Participants = [],
        }));
        Assert.That(TheNote.Visit.Participants, Is.EqualTo(new[]
        {
            new Participant
            {
                Id = "imani", Name = "Imani Okafor", Relationship = "daughter", Role = ParticipantRole.Caregiver, Phone = "+1 215 555 0177", MayDiscuss = MayDiscuss.Yes,
                LivesHere = true, Reference = "RelatedPerson/rp-1",
            },
            new Participant { Name = "Mr. Chen", Relationship = "neighbour", Identifier = new PersonIdentifier("urn:example:people", "77") },
        }));
    }

    [Test]
    public void The_story_is_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Insights, Is.EqualTo(new[]
        {
            new Insight { Text = "She wants to see the garden in spring.", Quote = true, By = ReportedBy.Patient },
            new Insight { Text = "The stairs are the problem, not the pills.", By = ReportedBy.Observed },
        }));
        Assert.That(TheNote.WhatMatters, Is.EqualTo(new WhatMatters
        {
            Text = "Being at home", Worries = "Being a burden", Strengths = "Her church", UnderstandsIllness = "Knows it will not be cured", WhatHelps = "Music",
        }));
        Assert.That(TheNote.Narrative, Is.EqualTo("Sat with Ms. O. in the kitchen.\n\n- fridge nearly empty\n- <script>alert(1)</script> was on a leaflet 😀"));
        Assert.That(TheNote.NarrativeHold, Is.EqualTo(new Hold { Why = HoldReason.PatientAsked, For = [] }).Using<Hold>(Same));
        Assert.That(TheNote.Sections.Select(section => (section.Title, section.Text)), Is.EqualTo(new[] { ("Home environment", "Two flights of stairs."), ("Mood", "Tired but warm.") }));
        Assert.That(TheNote.Sections[0].Hold, Is.EqualTo(new Hold { Why = HoldReason.ToldInConfidence, For = ["social-work", "Practitioner/sw-1"] }).Using<Hold>(Same));
        Assert.That(TheNote.Sections[1].Hold, Is.Null);
        Assert.That(TheNote.Education, Is.EqualTo(new[] { new Education { Topic = "Pain diary", Material = "Leaflet 4", Language = "en", Source = "ACS", TeachBack = "can-explain" } }));
    }

    [Test]
    public void The_concerns_are_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Concerns.Select(concern => concern with { Hold = null }), Is.EqualTo(new[]
        {
            new Concern
            {
                Id = "food", Domain = ConcernDomain.FoodInsecurity, Text = "Food runs out by the third week", About = ConcernAbout.Patient, Priority = 1, Status = ConditionClinical.Active,
                Owner = new PersonRef { Reference = "Practitioner/chw-1" },
            },
            new Concern { Domain = ConcernDomain.CaregiverStrain, Text = "Imani has not slept", About = ConcernAbout.Caregiver, OkInChart = true, Status = ConditionClinical.Recurrence },
        }));
        Assert.That(TheNote.Concerns[1].Hold, Is.EqualTo(new Hold { Why = HoldReason.Danger }).Using<Hold>(Same));
    }

    [Test]
    public void The_screenings_are_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Screenings.Select(screening => (screening.Instrument, screening.Declined)),
            Is.EqualTo(new[] { (Instrument.HungerVitalSign, false), (Instrument.EsasR, false), (Instrument.Phq2, true), (Instrument.Prapare, false) }));
        Assert.That(TheNote.Screenings[0], Has.Property("Date").EqualTo("2026-11-03").And.Property("AnsweredBy").EqualTo(ReportedBy.Patient).And.Property("AskedAlone").True);
        Assert.That(TheNote.Screenings[0].Hold?.Why, Is.EqualTo(HoldReason.ToldInConfidence));
        Assert.That(TheNote.Screenings[0].Answers.Select(answer => (answer.Item, answer.Declined, string.Join('+', answer.Texts), answer.Number)), Is.EqualTo(new[]
        {
            ("88122-7", false, "LA28397-0", (decimal?)null), ("88123-5", true, "", null),
        }));
        Assert.That(TheNote.Screenings[3].Answers.Single().Texts, Is.EqualTo(new[] { "LA30133-5", "LA30134-3" }));
        Assert.That(TheNote.Screenings[1].Answers.Single(), Has.Property("Item").EqualTo("pain").And.Property("Number").EqualTo(8m).And.Property("Texts").Empty);
    }

    [Test]
    public void Symptoms_measurements_and_medicines_are_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Symptoms.Select(symptom => symptom with { Hold = null }), Is.EqualTo(new[]
        {
            new Symptom
            {
                Kind = SymptomKind.Pain, Score = 8, Text = "Lower back, worse at night", Since = "2026-10", Usual = 4, Tolerable = 5, ReportedBy = ReportedBy.Patient, Tried = "heat",
                NeedsClinician = true,
            },
            new Symptom { Kind = SymptomKind.NewConfusion, ReportedBy = ReportedBy.Chw },
        }));
        Assert.That(TheNote.Symptoms[0].Hold?.Why, Is.EqualTo(HoldReason.PatientAsked));
        Assert.That(TheNote.Vitals, Is.EqualTo(new[]
        {
            new Vital { Kind = VitalKind.BloodPressure, Systolic = 142, Diastolic = 91, Date = "2026-11-03T14:30:00-05:00", ReportedBy = ReportedBy.Observed },
            new Vital { Kind = VitalKind.Weight, Value = 81.20m, Unit = "kg", Text = "on her own scale" },
        }));
        Assert.That(TheNote.Vitals[1].Value.ToString(), Is.EqualTo("81.20"), "digits are kept");
        Assert.That(TheNote.MedicinesAtHome, Is.EqualTo(new[] { new MedicineAtHome { Text = "Morphine 15 mg", Taking = Taking.Sometimes, Why = NotTakingReason.Cost, DaysLeft = 3 } }));
    }

    [Test]
    public void Goals_and_steps_are_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Goals[0] with { Addresses = [], Steps = [] }, Is.EqualTo(new NoteGoal
        {
            Id = "garden", Text = "Sit in the garden again", WordsOf = WordsOf.Patient, Priority = 1, Start = "2026-11-03", Due = "2027-04", Status = GoalStatus.Active,
            Achievement = GoalAchievement.InProgress, Addresses = [], Steps = [],
        }));
        Assert.That(TheNote.Goals[0].Addresses, Is.EqualTo(new[] { "food" }));
        Assert.That(TheNote.Goals[0].Steps, Is.EqualTo(new[]
        {
            new GoalStep { Id = "s1", Text = "Call about the ramp", Who = StepPerformer.Chw, Due = "2026-11-10", Status = StepStatus.Scheduled },
            new GoalStep { Text = "Walk to the porch" },
        }));
        Assert.That(TheNote.Goals[1], Has.Property("Text").EqualTo("Sleep through the night").And.Property("Id").Null.And.Property("Steps").Empty);
    }

    [Test]
    public void The_referrals_are_there() => Assert.That(TheNote.Referrals, Is.EqualTo(new[]
    {
        new Referral
        {
            Id = "liheap", Service = "utility-assistance", Reason = "food", Urgency = Urgency.Asap, Status = ReferralStatus.InProgress, Text = "Form handed in",
            Organization = new ReferralOrganization { Name = "County LIHEAP", Phone = "+1 215 555 0100", Reference = "Organization/o-1", Identifier = new PersonIdentifier("urn:example:orgs", "5") },
        },
        new Referral { Service = "A ride to church" },
    }));

    [Test]
    public void Advance_care_planning_is_there()
    {
        var planning = TheNote.AdvanceCarePlanning!;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(planning, Has.Property("Discussed").EqualTo(AcpDiscussed.Yes).And.Property("WantsClinicianConversation").True.And.Property("Text").EqualTo("Wants no machines"));
        Assert.That(planning.Present, Is.EqualTo(new[] { "imani" }));
        Assert.That(planning.Documents, Is.EqualTo(new[]
        {
            new AdvanceDirective { Kind = DirectiveKind.HealthcareProxy, Status = DirectiveStatus.Completed, Seen = true, Date = "2025", Where = "kitchen drawer", Copy = "a1" },
        }));
        Assert.That(planning.Agent, Is.EqualTo(new HealthCareAgent { Name = "Imani Okafor", Relationship = "daughter", Phone = "+1 215 555 0177", Knows = true }));
    }

    [Test]
    public void The_messages_are_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.Messages[0], Has.Property("Id").EqualTo("m1").And.Property("Urgency").EqualTo(Urgency.Urgent).And.Property("Topic").EqualTo(MessageTopic.SymptomReport)
            .And.Property("Text").EqualTo("Pain is 8 of 10").And.Property("NeedsReply").True);
        Assert.That(TheNote.Messages[0].To, Is.EqualTo(new[] { "care-team", "Practitioner/dr-lee" }));
        Assert.That(TheNote.Messages[0].About, Is.EqualTo(new[] { "symptom/pain", "goal/garden" }));
        Assert.That(TheNote.Messages[0].Callback,
            Is.EqualTo(new Callback { Name = "Imani", Relationship = "daughter", Phone = "+1 215 555 0177", BestTime = "after 5 pm", Language = "en", VoicemailOk = false }));
        Assert.That(TheNote.Messages[0].Hold, Is.EqualTo(new Hold { Why = HoldReason.Danger, For = ["supervisor"] }).Using<Hold>(Same));
        Assert.That(TheNote.Messages[1], Has.Property("Urgency").EqualTo(Urgency.Routine).And.Property("Topic").Null.And.Property("NeedsReply").False.And.Property("About").Empty);
    }

    [Test]
    public void What_is_for_the_team_is_there()
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(TheNote.FollowUp, Has.Property("NextVisit").EqualTo("2026-11-17").And.Property("Text").EqualTo("Bring the ramp form"));
        Assert.That(TheNote.FollowUp!.Ask, Is.EqualTo(new[] { "did LIHEAP call" }));
        Assert.That(TheNote.Home, Is.EqualTo(new HomeNotes { Access = "Side door", CallFirst = true, Pets = "One cat", Safety = "Dark stairs" }));
        Assert.That(TheNote.Consents, Is.EqualTo(new[]
        {
            new NoteConsent { Kind = ConsentKind.ShareWithCaregiver, How = "verbal", Date = "2026-11-03", CostSharingExplained = true, With = "imani" },
        }));
        Assert.That(TheNote.Time, Is.EqualTo(new[] { new TimeEntry { Date = "2026-11-03", Activity = TimeActivity.SelfAdvocacy, Minutes = 65, With = "patient", For = "food", Text = "Forms" } }));
        Assert.That(TheNote.Attachments.Single(), Has.Property("Id").EqualTo("a1").And.Property("Title").EqualTo("Proxy form").And.Property("ContentType").EqualTo("image/jpeg"));
        Assert.That(TheNote.Attachments.Single().Data.ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10 }));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static bool Same(Hold one, Hold other) => one.Why == other.Why && one.For.SequenceEqual(other.For);
}
