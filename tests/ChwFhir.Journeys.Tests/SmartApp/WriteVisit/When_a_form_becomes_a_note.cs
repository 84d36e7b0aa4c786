using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.SmartApp.Speech;
using ChwFhir.SmartApp.WriteVisit;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

internal sealed class When_a_form_becomes_a_note
{
    private static readonly FormContext Context = new("Patient/rosa", "Practitioner/chw-1", "Dolores", "dolores@site", "Asked since the last visit");

    private static readonly (string, string)[] Least = [("id", "0123456789abcdef"), ("date", "2026-11-03"), ("start", "14:05"), ("offset", "-05:00"), ("narrative", "She was at home.")];

    // Somebody known from before, of whom the form asks whether they were there.
    private static readonly (string, string)[] Imani = [("people.0.known", "1"), ("people.0.id", "imani")];

    [Test]
    public void What_is_least_needed_is_a_note()
    {
        var note = Read(Form(Least));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(note.Patient.Reference, Is.EqualTo("Patient/rosa"));
            Assert.That(note.Author.Reference, Is.EqualTo("Practitioner/chw-1"));
            Assert.That(note.Visit.Start, Is.EqualTo(new DateTimeOffset(2026, 11, 3, 14, 5, 0, TimeSpan.FromHours(-5))));
            Assert.That(note.Narrative, Is.EqualTo("She was at home."));
        }
    }

    [Test]
    public void The_same_form_is_the_same_note_however_often_it_is_sent()
    {
        var fields = new FormFields(Form([.. Least, .. Imani, .. Everything()]).All);
        var first = NoteOfForm.Build(fields, Context).ToBytes();

        Assert.That(NoteOfForm.Build(new FormFields(fields.All.Reverse()), Context).ToBytes(), Is.EqualTo(first));
    }

    [Test]
    public void A_form_with_every_field_is_a_good_note() => Assert.That(Faults(Form([.. Least, .. Imani, .. Everything()])), Is.Empty);

    [TestCaseSource(nameof(Fields))]
    public void Each_field_is_heard_in_the_note(string field)
    {
        var all = Everything().ToDictionary(one => one.Name, one => one.Value);
        var with = NoteOfForm.Build(Form([.. Least, .. Imani, .. all.Select(one => (one.Key, one.Value))]), Context).Note;

        all.Remove(field);
        var without = NoteOfForm.Build(Form([.. Least, .. Imani, .. all.Select(one => (one.Key, one.Value))]), Context).Note;

        Assert.That(JsonNode.DeepEquals(with, without), Is.False, field);
    }

    [TestCaseSource(nameof(Fields))]
    public void Each_field_has_words_in_both_languages(string field)
    {
        var item = Items(VisitForm.Visit.Items.Concat(VisitForm.Sections.SelectMany(section => section.Items)), "").First(one => one.Name == field).Item;

        foreach (var words in Wording.Languages.Select(Wording.In))
        {
            Assert.That(words.Keys, Does.Contain(item.Label), words.Language);
            if (item is FormItem.Choice choice)
                Assert.That(choice.Codes.Where(code => !words.Keys.Contains($"{choice.Words}.{code}")), Is.Empty, words.Language);
            if (item is FormItem.Scale)
                Assert.That(words.Keys, Does.Contain(item.Label + ".0").And.Contain(item.Label + ".10"));
        }
    }

    [Test]
    public void A_fault_finds_the_field_it_came_from()
    {
        var built = NoteOfForm.Build(Form([.. Least, ("needs.4.text", "No milk"), ("symptom.pain.score", "11"), ("goals.2.text", "Garden"), ("goals.2.steps.3.due", "x"), ("goals.2.steps.3.text", "Chair"), ("vital.weight", "heavy"), ("acp.text", "no ribs")]), Context);

        var fields = ((VisitNoteReading.Invalid)VisitNoteReader.Read(built.ToBytes(), new IntakeOptions())).Faults.Select(fault => built.FieldOf(fault.Pointer));

        Assert.That(fields, Is.EquivalentTo(new[] { "needs.4.domain", "symptom.pain.score", "goals.2.steps.3.due", "vital.weight", "acp.discussed" }));
    }

    [Test]
    public void A_visit_that_ends_before_it_begins_is_said_at_its_end()
    {
        var built = NoteOfForm.Build(Form([.. Least, ("end", "13:00")]), Context);

        Assert.That(((VisitNoteReading.Invalid)VisitNoteReader.Read(built.ToBytes(), new IntakeOptions())).Faults.Select(fault => built.FieldOf(fault.Pointer)), Is.EqualTo(new[] { "end" }));
    }

    [Test]
    public void A_goal_that_is_known_and_not_answered_is_not_in_the_note()
    {
        (string, string)[] known = [("goals.0.known", "1"), ("goals.0.id", "garden"), ("goals.0.text", "Sit in the garden"), ("goals.0.was", "active"), ("goals.0.steps.0.known", "1"), ("goals.0.steps.0.id", "s1"), ("goals.0.steps.0.text", "Chair"), ("goals.0.steps.0.was", "scheduled")];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(Form([.. Least, .. known])).Goals, Is.Empty);
            Assert.That(Read(Form([.. Least, .. known, ("goals.0.steps.0.now", "done")])).Goals.Single().Steps.Single(), Is.EqualTo(new GoalStep { Id = "s1", Text = "Chair", Status = StepStatus.Completed }));
            Assert.That(Read(Form([.. Least, .. known, ("goals.0.steps.0.now", "not-yet")])).Goals.Single().Steps.Single().Status, Is.EqualTo(StepStatus.Scheduled));
            Assert.That(Read(Form([.. Least, .. known, ("goals.0.steps.0.now", "changed"), ("goals.0.steps.0.change", "Walker")])).Goals.Single().Steps.Single().Text, Is.EqualTo("Walker"));
        }
    }

    [Test]
    public void What_the_last_visits_said_is_filled_in_and_no_answer_is()
    {
        var notes = new[]
        {
            Read(Form([.. Least, ("next.ask", "did LIHEAP call\nhow was the clinic"), ("home.pets", "dog is friendly"), ("needs.0.domain", "food-insecurity"), ("needs.0.text", "No milk"), ("symptom.pain.score", "7")])),
            Read(Form([.. Least, ("id", "earlier-visit-1"), ("goals.0.text", "Sit in the garden"), ("goals.0.steps.0.text", "Chair"), ("goals.0.steps.0.who", "chw"), ("referrals.0.service", "utility-assistance"), ("home.pets", "two cats"), ("home.access", "second floor"), ("people.0.name", "Imani"), ("people.0.role", "caregiver")])),
        };

        var form = Prefill.Of(notes, """{"id":"impact"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(form.Rows("asked").Select(row => form.Text($"{row}.question")), Is.EqualTo(new[] { "did LIHEAP call", "how was the clinic" }));
            Assert.That((form.Text("home.pets"), form.Text("home.access")), Is.EqualTo(("dog is friendly", "second floor")));
            Assert.That((form.Text("goals.0.text"), form.Text("goals.0.steps.0.text"), form.Text("goals.0.id")), Is.EqualTo(("Sit in the garden", "Chair", "earlier-visi-g1")));
            Assert.That((form.Text("knownNeeds.0.domain"), form.Text("referrals.0.service"), form.Text("people.0.name")), Is.EqualTo(("food-insecurity", "utility-assistance", "Imani")));
            Assert.That(form.Text("symptom.pain.score"), Is.Null);
            Assert.That(VisitForm.Answered(form), Is.Zero, "nothing counts as written");
            Assert.That(Read(form.With([.. Least.Select(one => (one.Item1, (string?)one.Item2))])), Has.Property(nameof(VisitNote.Goals)).Empty.And.Property(nameof(VisitNote.Concerns)).Empty.And.Property(nameof(VisitNote.Referrals)).Empty);
        }
    }

    [Test]
    public void What_the_last_visit_left_out_is_as_the_one_before_told_it()
    {
        var least = Read(Form([.. Least]));
        VisitNote[] newestFirst =
        [
            least with
            {
                Goals = [new() { Id = "garden", Text = "Sit in the garden", Steps = [new() { Id = "ride", Text = "Ask for a ride" }] }, new() { Id = "stairs", Text = "Climb the stairs" }],
                Referrals = [new() { Id = "heap", Service = "utility-assistance", Text = "They called back." }, new() { Id = "food", Service = "food-pantry", Text = "No answer." }],
            },
            least with
            {
                Goals = [new() { Id = "garden", Text = "Sit in the garden", Due = "2026-12-01", Steps = [new() { Id = "chair", Text = "Order the chair", Who = StepPerformer.Chw }] }, new() { Id = "stairs", Text = "Climb the stairs", Status = GoalStatus.Completed }],
                Referrals = [new() { Id = "heap", Service = "utility-assistance", Status = ReferralStatus.Completed }, new() { Id = "food", Service = "food-pantry", Urgency = Urgency.Urgent, Organization = new() { Name = "St. Rita's" } }],
            },
        ];

        var form = Prefill.Of(newestFirst, null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(form.Rows("goals").Select(row => (form.Text($"{row}.id"), form.Text($"{row}.due"))), Is.EqualTo(new[] { ((string?)"garden", (string?)"2026-12-01") }));
            Assert.That(form.Rows("goals.0.steps").Select(row => (form.Text($"{row}.id"), form.Text($"{row}.who"))), Is.EqualTo(new[] { ((string?)"chair", (string?)"chw"), ("ride", null) }));
            Assert.That(form.Rows("referrals").Select(row => (form.Text($"{row}.id"), form.Text($"{row}.urgency"), form.Text($"{row}.organization"))), Is.EqualTo(new[] { ((string?)"food", (string?)"urgent", (string?)"St. Rita's") }));
        }
    }

    [TestCase(true, "second floor", "did LIHEAP call")]
    [TestCase(false, null, null)]
    public void The_home_and_the_questions_for_next_time_are_filled_in_for_the_team_only(bool isOfTheTeam, string? access, string? asked)
    {
        var form = Prefill.Of([Read(Form([.. Least, ("next.ask", "did LIHEAP call"), ("home.access", "second floor")]))], null, isOfTheTeam);

        Assert.That((form.Text("home.access"), form.Text("asked.0.question")), Is.EqualTo((access, asked)));
    }

    [Test]
    public void Steps_that_are_over_are_one_field_and_stand_in_the_goal_as_they_were()
    {
        GoalStep[] steps = [.. Enumerable.Range(0, 150).Select(i => new GoalStep { Id = $"s{i}", Text = $"Paso «{i}» <b>", Who = StepPerformer.Chw, Status = i == 70 ? StepStatus.Scheduled : StepStatus.Completed })];
        var before = Read(Form([.. Least, ("goals.0.text", "Sit in the garden")])) with { };
        before = before with { Goals = [before.Goals[0] with { Id = "garden", Steps = steps }] };

        var form = Prefill.Of([before], null);
        var told = Read(form.With([.. Least.Select(one => (one.Item1, (string?)one.Item2)), ("goals.0.steps.70.now", "done"), ("goals.0.steps.71.text", "Next")]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(form.All.Count(), Is.LessThan(30));
            Assert.That(VisitForm.Answered(form), Is.Zero);
            Assert.That(told.Goals.Single().Steps.Take(71), Is.EqualTo([.. steps[..70], steps[70] with { Status = StepStatus.Completed }]));
            Assert.That(told.Goals.Single().Steps.Select(step => step.Text), Is.EquivalentTo([.. steps.Select(step => step.Text), "Next"]));
            Assert.That(Read(form.With([.. Least.Select(one => (one.Item1, (string?)one.Item2)), ("goals.0.past", "[1, {\"at\""), ("goals.0.achievement", "improving")])).Goals.Single().Steps, Has.Count.EqualTo(1), "what was tampered with");
        }
    }

    [Test]
    public void Steps_that_are_over_are_read_once_however_many_they_are()
    {
        var past = $"[{string.Join(',', Enumerable.Range(0, 3000).Select(i => $$"""{"at":{{i}},"id":"s{{i}}","text":"Call","status":"completed"}"""))}]";
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var built = NoteOfForm.Build(Form([.. Least, ("goals.0.text", "Sit in the garden"), ("goals.0.past", past)]), Context);

        Assert.That(built.Note["goals"]![0]!["steps"]!.AsArray(), Has.Count.EqualTo(3000));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void What_could_not_be_sent_is_given_back_in_words_with_every_answer()
    {
        var form = Form([.. Least, ("symptom.pain.score", "9"), ("needs.0.domain", "food-insecurity"), ("knownNeeds.0.known", "1"), ("knownNeeds.0.domain", "legal"), ("asked.0.known", "1"), ("asked.0.question", "did LIHEAP call"), ("asked.0.answer", "yes")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WrittenWords.Of(form, Wording.English), Does.StartWith("She was at home.").And.Contains("Pain: 9").And.Contains("Food").And.Contains("did LIHEAP call").And.Contains(": yes").And.Contains("2026-11-03"));
            Assert.That(WrittenWords.Of(form, Wording.English), Does.Not.Contain("Legal trouble"), "nobody said anything about it");
            Assert.That(WrittenWords.Of(Form(Least).With(("narrative", null)), Wording.English), Is.Null);
        }
    }

    [Test]
    public void A_screening_that_was_asked_in_the_visit_is_one_in_the_note()
    {
        var note = Read(Form([.. Least, ("screening.hunger-vital-sign.88122-7.answer", "LA6729-3"), ("screening.hunger-vital-sign.88123-5.answer", "LA15775-2"), ("screening.hunger-vital-sign.by", "caregiver"), ("screening.hunger-vital-sign.hold", "patient-asked"),
            ("screening.phq-2.44255-8.answer", "declined"), ("screening.distress-thermometer.distress.answer", "6")]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(note.Screenings.Select(one => (one.Instrument, one.AnsweredBy, one.Hold?.Why)), Is.EqualTo(new (Instrument, ReportedBy?, HoldReason?)[] { (Instrument.HungerVitalSign, ReportedBy.Caregiver, HoldReason.PatientAsked), (Instrument.Phq2, null, null), (Instrument.DistressThermometer, null, null) }));
            Assert.That(note.Screenings.SelectMany(one => one.Answers).Select(one => $"{one.Item}={string.Join('+', one.Texts)}{one.Number}{(one.Declined ? "declined" : "")}"), Is.EqualTo(new[] { "88122-7=LA6729-3", "88123-5=LA15775-2", "44255-8=declined", "distress=6" }));
        }
    }

    [TestCase("screening.phq-2.44250-9.answer", "LA33-6")]
    [TestCase("screening.distress-thermometer.distress.answer", "11")]
    public void An_answer_that_is_none_is_told_at_its_question(string field, string answer)
    {
        var built = NoteOfForm.Build(Form([.. Least, (field, answer)]), Context);

        Assert.That(((VisitNoteReading.Invalid)VisitNoteReader.Read(built.ToBytes(), new IntakeOptions())).Faults.Select(fault => built.FieldOf(fault.Pointer)), Is.EqualTo(new[] { field }));
    }

    // A validated instrument is asked in its own words; who is reached in Spanish hears the words of its translation.
    [Test]
    public void A_screening_is_asked_in_the_words_of_its_Questionnaire()
    {
        foreach (var asked in ShortScreening.All)
        {
            var form = JsonNode.Parse(File.ReadAllText(Testing.Repository.Path("fhir-profiles", "questionnaires", $"{asked.Row["screening.".Length..]}.json")))!;
            foreach (var question in asked.Questions.OfType<FormItem.Choice>())
            {
                var item = form["item"]!.AsArray().Single(one => (string?)one!["linkId"] == asked.Item(question))!;
                var answers = item["answerOption"]!.AsArray().Select(option => option!["valueCoding"]!).ToDictionary(coding => (string)coding["code"]!, coding => (string?)coding["display"]);

                Assert.That(Wording.English[question.Label], Is.EqualTo((string?)item["text"]));
                Assert.That(question.Codes.Where(code => code != "declined").ToDictionary(code => code, code => (string?)Wording.English.Of(question.Words, code)), Is.EqualTo(answers));
            }
        }
    }

    [Test]
    public void What_was_asked_and_answered_is_a_part_of_the_note()
    {
        var note = Read(Form([.. Least, ("asked.0.known", "1"), ("asked.0.question", "did LIHEAP call"), ("asked.0.answer", "Yes, on Tuesday"), ("asked.1.known", "1"), ("asked.1.question", "how was the clinic")]));

        Assert.That(note.Sections.Single(), Is.EqualTo(new NoteSection { Title = "Asked since the last visit", Text = "did LIHEAP call: Yes, on Tuesday" }));
    }

    [TestCase("81,2", 81.2)]
    [TestCase("81.2", 81.2)]
    public void A_number_is_read_as_it_is_typed_on_either_keyboard(string typed, decimal weight) => Assert.That(Read(Form([.. Least, ("vital.weight", typed)])).Vitals.Single().Value, Is.EqualTo(weight));

    [Test]
    public void Words_that_may_do_harm_are_found_but_not_in_what_is_held()
    {
        var built = NoteOfForm.Build(Form([.. Least, ("narrative", "Patient is non-compliant and refuses pills."), ("parts.0.title", "Told"), ("parts.0.text", "She is undocumented."), ("parts.0.hold", "told-in-confidence")]), Context);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Hints.In(built).Select(hint => (hint.Kind, hint.Word)), Is.EqualTo(new[] { ("blame", "non-compliant"), ("blame", "refuses") }));
            Assert.That(Hints.In(["Es indocumentada y se niega a comer."]).Select(hint => hint.Word), Is.EqualTo(new[] { "indocumentada", "se niega a" }));
            Assert.That(built.Held, Is.EqualTo(1));
        }
    }

    private static IEnumerable<string> Fields => Everything().Select(one => one.Name);

    // Every field of the form with something fit to stand there. What a known need is called is shown and not said again.
    private static IEnumerable<(string Name, string Value)> Everything() =>
        Items(VisitForm.Visit.Items.Concat(VisitForm.Sections.SelectMany(section => section.Items)), "")
            .Where(one => one.Item is not (FormItem.Carried or FormItem.Past) && one.Name is not ("date" or "start" or "narrative" or "knownNeeds.0.called"))
            .Select(one => (one.Name, ValueOf(one.Name, one.Item)));

    private static string ValueOf(string name, FormItem item) => item switch
    {
        FormItem.Choice choice when name.EndsWith(".now", StringComparison.Ordinal) => choice.Codes[^1],
        FormItem.Choice { First: { } first } choice => choice.Codes.First(code => code != first),
        FormItem.Choice choice => choice.Codes[0],
        FormItem.Tick => "1",
        FormItem.Scale => "7",
        FormItem.Line { Type: "date" } => "2026-11-20",
        FormItem.Line { Type: "time" } => "15:30",
        FormItem.Line { Type: "number" or "decimal" } => name.EndsWith("minutes", StringComparison.Ordinal) ? "30" : "6",
        FormItem.Line when name.EndsWith("papers.0.date", StringComparison.Ordinal) => "2025",
        FormItem.Line when name.EndsWith("interpreter.language", StringComparison.Ordinal) => "es",
        _ => $"Words of {name}",
    };

    private static IEnumerable<(string Name, FormItem Item)> Items(IEnumerable<FormItem> items, string row) => items.SelectMany(item => item switch
    {
        FormItem.Group group => Items(group.Items, row),
        FormItem.Rows rows => Items(rows.Items, $"{row}{rows.Name}.0."),
        _ => [(row + item.Name, item)],
    });

    private static FormFields Form((string Name, string Value)[] fields) => new FormFields([]).With([.. fields.Select(one => (one.Name, (string?)one.Value))]);

    private static VisitNote Read(FormFields form) => VisitNoteReader.Read(NoteOfForm.Build(form, Context).ToBytes(), new IntakeOptions()) switch
    {
        VisitNoteReading.Read { Note: var note } => note,
        VisitNoteReading.Invalid { Faults: var faults } => throw new AssertionException(string.Join("\n", faults)),
        var other => throw new AssertionException($"{other}"),
    };

    private static IReadOnlyList<NoteFault> Faults(FormFields form) => VisitNoteReader.Read(NoteOfForm.Build(form, Context).ToBytes(), new IntakeOptions()) is VisitNoteReading.Invalid { Faults: var faults } ? faults : [];
}
