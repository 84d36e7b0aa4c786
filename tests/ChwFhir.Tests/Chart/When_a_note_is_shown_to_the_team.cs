using System.Text.Json;
using ChwFhir.Chart;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Tests.Mapping;

namespace ChwFhir.Tests.Chart;

internal sealed class When_a_note_is_shown_to_the_team
{
    private static readonly DateTimeOffset Day = new(2026, 11, 3, 14, 0, 0, TimeSpan.FromHours(-5));
    private static readonly Hold Confided = new() { Why = HoldReason.ToldInConfidence };

    [Test]
    public void Nothing_that_is_held_is_left_in_it()
    {
        var told = ToldVisitsOf.On(Day, note => note with
        {
            Narrative = "SECRET-1", NarrativeHold = Confided,
            Sections = [new() { Title = "SECRET-2", Text = "SECRET-3", Hold = Confided }, new() { Title = "Home", Text = "The rail holds." }],
            Concerns = [new() { Id = "money", Domain = ConcernDomain.ElderAbuse, Text = "SECRET-4" }, new() { Id = "food", Domain = ConcernDomain.FoodInsecurity }],
            Goals = [new() { Id = "g1", Text = "SECRET-5", Addresses = ["money"] }, new() { Id = "g2", Text = "Sit in the garden", Addresses = ["food", "money"] }],
            Referrals = [new() { Id = "r1", Service = "SECRET-6", Reason = "money" }],
            Symptoms = [new() { Kind = SymptomKind.Anxiety, Score = 9, Text = "SECRET-7", Hold = Confided }],
            Messages = [new() { To = ["care-team"], Text = "SECRET-8", About = ["concern/money"] }],
        });

        var everything = JsonSerializer.Serialize(new { told.Said, told.Flags, told.Screenings, told.Scores });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(everything, Does.Not.Contain("SECRET").And.Not.Contain("money").And.Not.Contain("nxiety"));
            Assert.That(told.Said.Sections.Single().Text, Is.EqualTo("The rail holds."));
            Assert.That(told.Said.Goals.Single().Text, Is.EqualTo("Sit in the garden"));
        }
    }

    [Test]
    public void What_is_for_the_CHW_team_is_shown_to_them_alone()
    {
        static VisitNote With(VisitNote note) => note with { Home = new() { Pets = "two cats" }, FollowUp = new() { Text = "Bring the folder.", Ask = ["did they call"] }, Time = [new() { Activity = TimeActivity.Support, Minutes = 10 }] };

        var (team, others) = (ToldVisitsOf.On(Day, With, ofTheTeam: true).Said, ToldVisitsOf.On(Day, With).Said);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((team.Home?.Pets, team.FollowUp!.Ask.Count, team.Time.Count), Is.EqualTo(("two cats", 1, 1)));
            Assert.That((others.Home, others.FollowUp!.Ask.Count, others.Time.Count, others.FollowUp.Text), Is.EqualTo(((HomeNotes?)null, 0, 0, "Bring the folder.")));
        }
    }

    [Test]
    public void What_nobody_has_looked_up_yet_is_taken_for_held()
    {
        var one = TheVisit.On(Day, with: note => note with { Narrative = "Words.", Concerns = [new() { Id = "home", Domain = ConcernDomain.Stress, Text = "At home" }, new() { Id = "food", Domain = ConcernDomain.FoodInsecurity }] });
        var before = new[] { new HeldConcern("concern/home", false) };

        var told = ToldReading.Of(one.Stored, ToldReading.Draft(one.Stored, one.Said!, null, [], before, new MappingOptions()), ofTheTeam: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Said.Narrative, Is.Null, "nobody knows how old the patient is");
            Assert.That(told.Said.Concerns.Select(concern => concern.Id), Is.EqualTo(new[] { "food" }), "another note holds the first");
        }
    }

    [Test]
    public void An_amendment_that_nobody_has_looked_up_yet_is_read_by_what_was_found_out_for_the_content_before()
    {
        var (grown, young) = (AmendedAs("1963-04-02"), AmendedAs("2012-04-02"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(grown.Narrative, Is.EqualTo("Words."), "the patient is known to be grown up");
            Assert.That(grown.Concerns.Select(concern => concern.Id), Is.EqualTo(new[] { "food" }), "an earlier look found that another note holds the first");
            Assert.That(young.Narrative, Is.Null);
            Assert.That(AmendedAs("1963-04-02", patient: new NotePatient { Identifier = new PersonIdentifier("urn:mrn", "1") }).Narrative, Is.Null, "whose number that is, only the EHR can say");
            Assert.That(AmendedAs("1963-04-02", found: "Patient/another").Narrative, Is.Null);
        }
    }

    [Test]
    public void Who_wrote_a_note_reads_it_before_anybody_has_looked_up_anything()
    {
        var one = TheVisit.On(Day, with: note => note with { Narrative = "Words.", Sections = [new() { Title = "Home", Text = "Warm." }, new() { Title = "Money", Text = "Told me alone.", Hold = Confided }] });

        var told = ToldReading.Draft(one.Stored, one.Said!, null, [], [], new MappingOptions(), ToldReading.Meanwhile(one.Stored, one.Said!, null, [], isWriter: true));

        using (Assert.EnterMultipleScope())
        {
            var shown = ToldReading.Of(one.Stored, told, ofTheTeam: true).Said;
            Assert.That(shown.Narrative, Is.EqualTo("Words."));
            Assert.That(shown.Sections.Select(section => section.Title), Is.EqualTo(new[] { "Home" }), "what the note holds stands apart from it");
        }
    }

    [Test]
    public void An_earlier_version_tells_nothing_that_the_last_one_holds()
    {
        var first = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Money", Text = "SECRET" }, new() { Title = "Home", Text = "Warm." }] });
        var last = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "money", Text = "SECRET", Hold = Confided }, new() { Title = "Home", Text = "Warm." }] });

        var shown = Earlier(first, last);

        Assert.That(shown.Said.Sections.Select(section => section.Title), Is.EqualTo(new[] { "Home" }));
    }

    [Test]
    public void An_earlier_version_tells_nothing_that_the_last_one_holds_under_another_name()
    {
        var first = TheVisit.On(Day, with: note => note with
        {
            Narrative = "Tea. SECRET",
            Sections = [new() { Title = "Money", Text = "SECRET" }, new() { Title = "Home", Text = "Warm." }],
            Concerns = [new() { Domain = ConcernDomain.FinancialInsecurity, Text = "SECRET" }, new() { Id = "roof", Domain = ConcernDomain.HousingInstability, Text = "It leaks" }],
        });
        var last = TheVisit.On(Day, with: note => note with
        {
            Narrative = "Tea.",
            Sections = [new() { Title = "Home", Text = "Warm." }],
            Concerns = [new() { Id = "card", Domain = ConcernDomain.Other, Text = "Somebody has her card", Hold = Confided }, first.Said!.Concerns[1]],
        });

        var shown = Earlier(first, last).Said;

        using var together = Assert.EnterMultipleScope();
        Assert.That(shown.Narrative, Is.Null);
        Assert.That(shown.Sections.Select(section => section.Title), Is.EqualTo(new[] { "Home" }));
        Assert.That(shown.Concerns.Select(concern => concern.Id), Is.EqualTo(new[] { "roof" }));
    }

    [Test]
    public void Nor_what_one_between_them_held()
    {
        var first = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Money", Text = "SECRET" }, new() { Title = "Home", Text = "Warm." }] });
        var between = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Money", Text = "SECRET", Hold = Confided }, new() { Title = "Home", Text = "Warm." }] });
        var last = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Home", Text = "Warm." }] });

        Assert.That(Earlier(first, between, last).Said.Sections.Select(section => section.Title), Is.EqualTo(new[] { "Home" }));
    }

    [Test]
    public void Nor_what_was_moved_into_a_part_that_has_its_old_name()
    {
        var first = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Home", Text = "Warm." }, new() { Title = "Private", Text = "SECRET" }] });
        var last = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Home", Text = "Warm. SECRET", Hold = Confided }] });

        Assert.That(Earlier(first, last).Said.Sections, Is.Empty);
    }

    [Test]
    public void Nor_what_pointed_at_what_is_held_now()
    {
        var first = TheVisit.On(Day, with: note => note with
        {
            Concerns = [new() { Id = "c1", Domain = ConcernDomain.Stress, Text = "At home" }],
            Referrals = [new() { Id = "r1", Service = "Safe Horizon", Reason = "c1" }],
            Goals = [new() { Id = "g1", Text = "A place of her own", Addresses = ["c1"] }],
        });
        var last = TheVisit.On(Day, with: note => note with { Concerns = [first.Said!.Concerns[0] with { Hold = Confided }] });

        var shown = Earlier(first, last).Said;

        Assert.That((shown.Concerns.Count, shown.Referrals.Count, shown.Goals.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void Of_what_a_note_says_in_any_way_only_what_the_last_one_says_too()
    {
        var first = TheVisit.On(Day, with: _ => Samples.Read("full").Note);
        var last = TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Home", Text = "Warm.", Hold = Confided }] });

        var shown = Earlier(first, last).Said;

        var left = from property in typeof(VisitNote).GetProperties()
                   where property.CanWrite && property.GetValue(shown) is { } value and not System.Collections.ICollection { Count: 0 }
                   select property.Name;
        Assert.That(left, Is.EquivalentTo(new[] { "SchemaVersion", "Id", "Language", "Authored", "Patient", "Author", "Programme", "Visit" }), "who, when and of whom");
        Assert.That((shown.Visit.Participants.Count, shown.Visit.Interpreter, shown.Visit.Travel), Is.EqualTo((0, (VisitInterpreter?)null, (Travel?)null)));
    }

    [Test]
    public void A_red_flag_is_not_left_where_its_words_are_not()
    {
        var first = TheVisit.On(Day, with: note => note with { Symptoms = [new() { Kind = SymptomKind.Pain, Score = 10, Text = "Everywhere" }] });
        var last = TheVisit.On(Day, with: note => note with { Symptoms = [new() { Kind = SymptomKind.Pain, Score = 10, Text = "Everywhere", Hold = Confided }] });

        var alone = ToldReading.Of(first.Stored, ToldVisitsOf.Draft(first), ofTheTeam: false);
        var before = Earlier(first, last);

        Assert.That((alone.Flags.Count, before.Flags.Count, before.Scores.Count), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public void An_earlier_version_is_shown_whole_where_the_last_one_holds_only_what_it_held_itself()
    {
        var first = TheVisit.On(Day, with: note => note with { Narrative = "Tee.", Sections = [new() { Title = "Money", Text = "SECRET", Hold = Confided }] });
        var last = TheVisit.On(Day, with: note => note with { Narrative = "Tea.", Sections = [new() { Title = "Money", Text = "SECRET", Hold = Confided }] });

        var shown = Earlier(first, last).Said;

        Assert.That((shown.Narrative, shown.Sections.Count), Is.EqualTo(("Tee.", 0)), "what was changed is seen");
    }

    [Test]
    public void Nor_what_the_one_that_held_it_had_left_beside_it()
    {
        var (open, held) = (new NoteSection { Title = "Money", Text = "SECRET" }, new NoteSection { Title = "Money", Text = "SECRET", Hold = Confided });
        var (first, between) = (TheVisit.On(Day, with: note => note with { Narrative = "Tea. SECRET", Sections = [open] }), TheVisit.On(Day, with: note => note with { Narrative = "Tea. SECRET", Sections = [held] }));
        var last = TheVisit.On(Day, with: note => note with { Narrative = "Tea.", Sections = [held] });

        var versions = Versions(first, between, last);

        Assert.That(versions.Select(one => (one.Visit.Said.Narrative, one.IsPartial)), Is.EqualTo(new[] { ((string?)null, true), (null, true), ("Tea.", false) }));
    }

    [Test]
    public void What_is_told_openly_in_other_words_tells_nothing_of_those_before()
    {
        var (first, between, last) = (
            TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Money", Text = "SECRET" }] }),
            TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Other", Text = "Somebody has her savings", Hold = Confided }] }),
            TheVisit.On(Day, with: note => note with { Sections = [new() { Title = "Other", Text = "Somebody has her savings" }] }));

        Assert.That(Versions(first, between, last).Select(one => one.Visit.Said.Sections.Count), Is.EqualTo(new[] { 0, 0, 1 }));
    }

    [Test]
    public void What_is_told_openly_again_hides_nothing()
    {
        var (open, held) = (new NoteSection { Title = "Money", Text = "The bank card" }, new NoteSection { Title = "Money", Text = "The bank card", Hold = Confided });
        var (first, between, last) = (TheVisit.On(Day, with: note => note with { Narrative = "Tee.", Sections = [open] }), TheVisit.On(Day, with: note => note with { Sections = [held] }), TheVisit.On(Day, with: note => note with { Narrative = "Tea.", Sections = [open] }));

        var versions = Versions(first, between, last);

        Assert.That(versions.Select(one => (one.Visit.Said.Narrative, one.Visit.Said.Sections.Count, one.IsPartial)), Is.EqualTo(new[] { ("Tee.", 1, false), (null, 0, false), ("Tea.", 1, false) }));
    }

    [Test]
    public void What_somebody_released_is_seen_in_the_version_before_its_hold_too()
    {
        var first = TheVisit.On(Day, with: note => note with { Narrative = "Tee.", Sections = [new() { Title = "Money", Text = "The bank card" }, new() { Title = "Son", Text = "SECRET" }] });
        var last = TheVisit.On(Day, with: note => note with { Narrative = "Tea.", Sections = [new() { Title = "Money", Text = "The bank card", Hold = Confided }, new() { Title = "Son", Text = "SECRET", Hold = Confided }] });
        var bank = ToldVisitsOf.Draft(last).Holds.Parts.First();

        Draft[] drafts = [ToldVisitsOf.Draft(first), ToldVisitsOf.Draft(last, new ResolvedNote { Patient = TheChart.Patient, BirthDate = "1963-04-02", Released = [new ReleasedPart(bank.Key, bank.Mark)] })];
        var versions = ToldReading.Versions(first.Stored, drafts, drafts, ofTheTeam: false);

        Assert.That(versions.Select(one => string.Join(", ", one.Visit.Said.Sections.Select(section => section.Title))), Is.EqualTo(new[] { "Money", "Money" }));
        Assert.That(versions.Select(one => one.Visit.Said.Narrative), Is.EqualTo(new[] { null, "Tea." }));
    }

    private static readonly ResolvedNote Young = new() { Patient = TheChart.Patient, BirthDate = "2011-04-02" };

    // Of the young all words are held, needs and symptoms are not.
    [Test]
    public void A_need_of_the_young_that_is_held_under_the_name_of_another_is_a_hold_by_amendment()
    {
        Concern quarrels = new() { Id = "home", Domain = ConcernDomain.Other, Text = "Quarrels", Hold = Confided }, open = new() { Id = "bruise", Domain = ConcernDomain.Other, Text = "SECRET" };
        var (first, last) = (TheVisit.On(Day, with: note => note with { Concerns = [quarrels, open] }), TheVisit.On(Day, with: note => note with { Concerns = [quarrels with { Text = "SECRET" }] }));

        Assert.That(Versions(Young, first, last).Select(one => (one.Visit.Said.Concerns.Count, one.IsPartial)), Is.EqualTo(new[] { (0, true), (0, false) }));
    }

    [Test]
    public void Words_of_the_young_that_were_released_and_are_held_again_in_others_are_one()
    {
        static OwnNote Note(string home) => TheVisit.On(Day, with: note => note with { Concerns = [new() { Id = "food", Domain = ConcernDomain.FoodInsecurity, Text = "Bread" }], Sections = [new() { Title = "Home", Text = home }, new() { Title = "Home", Text = "Quiet" }] });
        var (first, last) = (Note("SECRET"), Note("Other words"));
        var part = ToldVisitsOf.Draft(first, Young).Holds.Parts.First(one => one.Key.StartsWith("section/", StringComparison.Ordinal));
        Draft[] drafts = [ToldVisitsOf.Draft(first, Young), ToldVisitsOf.Draft(first, Young with { Released = [new ReleasedPart(part.Key, part.Mark)] }), ToldVisitsOf.Draft(last, Young)];

        var versions = ToldReading.Versions(first.Stored, drafts, drafts, ofTheTeam: false);

        Assert.That(drafts[1].Note.Sections.Count(section => !drafts[1].Holds.Of(section)), Is.EqualTo(1), "it was released");
        Assert.That(versions.Select(one => (one.Visit.Said.Sections.Count, one.Visit.Said.Concerns.Count)), Is.EqualTo(new[] { (0, 1), (0, 1), (0, 1) }));
    }

    [Test]
    public void Other_words_of_the_young_are_no_new_hold()
    {
        var (first, last) = (
            TheVisit.On(Day, with: note => note with { Narrative = "One.", Concerns = [new() { Id = "food", Domain = ConcernDomain.FoodInsecurity, Text = "Bread" }] }),
            TheVisit.On(Day, with: note => note with { Narrative = "Another.", Concerns = [new() { Id = "heat", Domain = ConcernDomain.Other, Text = "Cold", FromNarrative = new TakenOver { By = "Practitioner/n" } }] }));

        Assert.That(Versions(Young, first, last).Select(one => (one.Visit.Said.Concerns.Count, one.IsPartial)), Is.EqualTo(new[] { (1, false), (0, false) }));
    }

    [Test]
    public void A_version_that_nobody_can_read_any_more_may_have_held_what_the_first_one_told()
    {
        var (first, last) = (TheVisit.On(Day, with: note => note with { Narrative = "SECRET" }), TheVisit.On(Day, with: note => note with { Narrative = "Tea." }));
        Draft[] drafts = [ToldVisitsOf.Draft(first), ToldVisitsOf.Draft(last)];

        Assert.That(ToldReading.Versions(first.Stored, drafts, [drafts[0], null, drafts[1]], ofTheTeam: false).Select(one => one.Visit.Said.Narrative), Is.EqualTo(new[] { null, "Tea." }));
    }

    private static ToldVisit Earlier(OwnNote first, params OwnNote[] later) => Versions([first, .. later])[0].Visit;

    private static IReadOnlyList<(ToldVisit Visit, bool IsPartial)> Versions(params OwnNote[] versions) => Versions(null, versions);

    private static IReadOnlyList<(ToldVisit Visit, bool IsPartial)> Versions(ResolvedNote? resolved, params OwnNote[] versions)
    {
        List<Draft> drafts = [.. versions.Select(one => ToldVisitsOf.Draft(one, resolved))];
        return ToldReading.Versions(versions[0].Stored, drafts, drafts, ofTheTeam: false);
    }

    [Test]
    public void A_red_flag_names_the_message_that_tells_of_it()
    {
        var told = ToldVisitsOf.On(Day, note => note with
        {
            Symptoms = [new() { Kind = SymptomKind.Pain, Score = 9 }, new() { Kind = SymptomKind.Fall }],
            Messages = [new() { Id = "m1", To = ["nurse"], Urgency = Urgency.Urgent, Text = "Please call.", About = ["symptom/pain"] }],
        });

        Assert.That(told.Flags.Select(flag => (flag.Part, flag.Message)), Is.EqualTo(new[] { ("symptom/pain", "message/m1"), ("symptom/fall", "message/m1") }));
    }

    [Test]
    public void A_red_flag_says_what_was_found_apart_from_its_words()
    {
        var told = ToldVisitsOf.On(Day, note => note with
        {
            Symptoms = [new() { Kind = SymptomKind.Pain, Score = 9, Tolerable = 4, NeedsClinician = true }, new() { Kind = SymptomKind.Fall }],
            Vitals = [new() { Kind = VitalKind.BloodPressure, Systolic = 190, Diastolic = 125 }, new() { Kind = VitalKind.Temperature, Value = 101.2m, Unit = "F" }],
            Screenings = [new() { Instrument = Instrument.Phq9, Answers = [new() { Item = "44260-8", Texts = ["LA6569-3"] }] }],
        });

        Assert.That(told.Flags.Select(flag => $"{flag.Found!.Kind} {flag.Found.Of} {flag.Found.Score}: {string.Join(", ", flag.Found.Reasons.Select(reason => $"{reason.Rule} {reason.Number}{reason.Unit}"))}"), Is.EqualTo(new[]
        {
            "symptom pain 9: from 7, above-tolerable 4, needs-clinician ", "symptom fall : present ", "vital blood-pressure : systolic 190mm[Hg], diastolic 125mm[Hg]", "vital temperature : value 101.2[degF]",
            $"answer {told.Flags[4].Found!.Of} : ",
        }));
        Assert.That((told.Flags[4].Found!.Answer, told.Flags[0].Text), Is.EqualTo(("Several days", "Pain 9 of 10: 7 or more, above what is tolerable (4), the CHW asks for a clinician")));
    }

    private static VisitNote AmendedAs(string birthDate, NotePatient? patient = null, string found = TheChart.Patient)
    {
        var one = TheVisit.On(Day, with: note => note with
        {
            Patient = patient ?? note.Patient, Narrative = "Words.", Concerns = [new() { Id = "home", Domain = ConcernDomain.Stress, Text = "At home" }, new() { Id = "food", Domain = ConcernDomain.FoodInsecurity }],
        });
        var before = JsonSerializer.SerializeToUtf8Bytes(new ResolvedNote { Patient = found, BirthDate = birthDate, HeldConcerns = [new HeldConcern("concern/home", false)] });
        var meanwhile = ToldReading.Meanwhile(one.Stored, one.Said!, before, [], isWriter: false);
        return ToldReading.Of(one.Stored, ToldReading.Draft(one.Stored, one.Said!, null, [], [], new MappingOptions(), meanwhile), ofTheTeam: false).Said;
    }
}
