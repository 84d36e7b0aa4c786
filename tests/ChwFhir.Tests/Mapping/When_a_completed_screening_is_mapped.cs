using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Screenings;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using ChwFhir.Tests.Intake.Screenings;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_a_completed_screening_is_mapped
{
    [Test]
    public void The_form_is_filed_as_it_was_sent_under_the_name_that_its_maker_gave()
    {
        var mapped = Sample("hunger-vital-sign");

        var form = mapped.The<QuestionnaireResponse>("screening/hunger-vital-sign");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.Resources.Single(one => one.Key == "screening/hunger-vital-sign").IfNoneExist, Is.EqualTo("identifier=https://example.org/forms|hvs-2026-11-20-marion"));
        Assert.That(form.Identifier!.Value, Is.EqualTo("hvs-2026-11-20-marion"));
        Assert.That(form.Item.Select(item => ((Coding)item.Answer[0].Value!).Code), Is.EqualTo(new[] { "LA6729-3", "LA28398-8" }));
        Assert.That(form.Subject!.Reference, Is.EqualTo("Patient/p1"));
        Assert.That(form.Source!.Reference, Is.EqualTo("Patient/p1"));
        Assert.That(form.Author!.Reference, Is.EqualTo("Practitioner/chw-1"));
    }

    [Test]
    public void Its_answers_its_score_and_the_need_are_resources()
    {
        var mapped = Sample("hunger-vital-sign");

        var need = mapped.The<Condition>("concern/food-insecurity");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.Resources.Select(one => one.Key), Is.EqualTo(new[]
        {
            "screening/hunger-vital-sign", "screening/hunger-vital-sign/88122-7", "screening/hunger-vital-sign/88123-5", "screening/hunger-vital-sign/88124-3", "screening/hunger-vital-sign/panel",
            "concern/food-insecurity", "note", "provenance",
        }));
        Assert.That(need.VerificationStatus!.Coding[0].Code, Is.EqualTo("unconfirmed"));
        Assert.That(need.Category.SelectMany(category => category.Coding).Select(coding => coding.Code), Is.EqualTo(new[] { "health-concern", "sdoh", "food-insecurity" }));
        Assert.That(need.Evidence.Single().Detail.Select(detail => detail.Reference), Is.EqualTo(new[] { mapped.Url("screening/hunger-vital-sign/88122-7") }));
        Assert.That(mapped.Document, Does.Contain("Screening: Hunger Vital Sign, 2026-11-20 09:30").And.Contain("Sometimes true").And.Contain("At risk").And.Contain("Food insecurity (proposed from the answers to Hunger Vital Sign)"));
    }

    [Test]
    public void What_is_held_is_nowhere_in_the_chart()
    {
        var mapped = Sample("prapare-nested");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.Json(), Does.Not.Contain("76501-6").And.Not.Contain("93039-6").And.Not.Contain("Afraid"));
        Assert.That(mapped.Document, Does.Not.Contain("fraid of your partner"));
        Assert.That(mapped.Held.Select(one => one.Key), Does.Contain("screening/prapare/76501-6").And.Contain("concern/intimate-partner-violence"));
        Assert.That(mapped.Document, Does.Contain("Her sister, in the evening"));
    }

    [Test]
    public void A_screening_that_is_held_as_a_whole_does_not_say_what_was_asked()
    {
        var mapped = Sample("hunger-vital-sign", Notes.TheChart with { BirthDate = "2015-04-02" });

        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.Json(), Does.Not.Contain("unger"));
        Assert.That(mapped.Document, Does.StartWith("Screening, 2026-11-20").And.Not.Contain("unger"));
        Assert.That(mapped.Held.Select(one => one.Key), Does.Contain("screening/hunger-vital-sign"));
    }

    [Test]
    public void A_form_that_carries_its_questions_keeps_them()
    {
        var form = Sample("phq-9-contained-form").The<QuestionnaireResponse>("screening/phq-9");

        Assert.That(form.Questionnaire, Is.EqualTo("#form"));
        Assert.That(form.Contained.Single(), Is.InstanceOf<Questionnaire>());
    }

    [Test]
    public void Thoughts_of_death_raise_an_alert()
    {
        var mapped = Sample("phq-9-contained-form");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.Issues.Select(issue => issue.Code), Does.Contain("red-flag"));
        Assert.That(mapped.Resources.Select(one => one.Resource).OfType<Communication>().Single().Category[0].Coding[0].Code, Is.EqualTo("alert"));
        Assert.That(((Quantity)mapped.The<Observation>("screening/phq-9/44261-6").Value!).Value, Is.EqualTo(11));
    }

    [Test]
    public void What_a_patient_filled_in_alone_has_no_author()
    {
        var mapped = Sample("ahc-hrsn-own-link-ids", Notes.TheChart with { Author = null });

        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.The<QuestionnaireResponse>("screening/ahc-hrsn").Author!.Reference, Is.EqualTo("Patient/p1"));
        Assert.That(mapped.The<DocumentReference>("note").Author, Is.Empty);
        Assert.That(mapped.The<Condition>("concern/housing-instability").Recorder, Is.Null);
        Assert.That(mapped.The<Condition>("concern/housing-instability").Code!.Has("http://hl7.org/fhir/sid/icd-10-cm", "Z59.811"));
        Assert.That(mapped.The<Provenance>("provenance").Agent.Select(agent => agent.Type!.Coding[0].Code), Is.EqualTo(new[] { "assembler" }));
    }

    [TestCase("""{ "reference": "RelatedPerson/9", "display": "Imani" }""", "RelatedPerson", "Imani", null)]
    [TestCase("""{ "reference": "https://other.example/fhir/RelatedPerson/9" }""", "RelatedPerson", null, null)]
    [TestCase("""{ "reference": "#daughter" }""", "RelatedPerson", "Imani Maldonado", null)]
    [TestCase("""{ "identifier": { "system": "urn:x", "value": "7" }, "type": "Practitioner" }""", "Practitioner", null, "7")]
    public void Who_answered_stands_in_the_form_as_far_as_it_says_it([StringSyntax("Json")] string source, string type, string? name, string? number)
    {
        var sample = JsonNode.Parse(Responses.Sample("hunger-vital-sign"))!.AsObject();
        sample["source"] = JsonNode.Parse(source);
        if (source.Contains('#'))
            sample["contained"] = JsonNode.Parse("""[ { "resourceType": "RelatedPerson", "id": "daughter", "patient": { "reference": "Patient/p1" }, "name": [ { "given": [ "Imani" ], "family": "Maldonado" } ] } ]""");

        var said = Responses.Map(Responses.Taken(System.Text.Encoding.UTF8.GetBytes(sample.ToJsonString()))).The<QuestionnaireResponse>("screening/hunger-vital-sign").Source!;

        Assert.That((said.Reference, said.Type, said.Display, said.Identifier?.Value), Is.EqualTo(((string?)null, type, name, number)));
    }

    [Test]
    public void A_child_s_screening_waits_for_a_clinician()
    {
        var mapped = Sample("hunger-vital-sign", Notes.TheChart with { BirthDate = "2015-01-01" });

        using var scope = Assert.EnterMultipleScope();
        Assert.That(mapped.Resources.Select(one => one.Key), Is.EqualTo(new[] { "note", "provenance" }));
        Assert.That(mapped.Document, Does.Not.Contain("food").And.Not.Contain("Food"));
    }

    [Test]
    public void A_concern_that_the_note_states_is_not_proposed_again()
    {
        var mapped = Notes.Map("""{ "concerns": [ { "id": "food", "domain": "food-insecurity", "text": "Nothing left by the 25th" } ], "screenings": [ { "instrument": "hunger-vital-sign", "answers": [ { "item": "88122-7", "answer": "LA28397-0" }, { "item": "88123-5", "answer": "LA28397-0" } ] } ] }""");

        Assert.That(mapped.Resources.Where(one => one.Resource is Condition).Select(one => one.Key), Is.EqualTo(new[] { "concern/food" }));
    }

    [Test]
    public void A_concern_that_an_earlier_note_holds_back_stays_held()
    {
        var chart = Notes.TheChart with { HeldConcerns = [new HeldConcern("concern/food-insecurity", Caregivers: false)] };

        var mapped = Sample("hunger-vital-sign", chart);

        Assert.That(mapped.Held.Select(one => one.Key), Does.Contain("concern/food-insecurity"));
        Assert.That(mapped.Document, Does.Not.Contain("proposed"));
    }

    [Test]
    public void An_earlier_visit_s_own_words_of_the_need_stay()
    {
        var chart = Notes.TheChart with { Held = [new HeldKey("concern/food-insecurity", "nothing left", DateTimeOffset.UnixEpoch, "Nothing left by the 25th")] };

        Assert.That(Sample("hunger-vital-sign", chart).The<Condition>("concern/food-insecurity").Code!.Text, Is.EqualTo("Nothing left by the 25th"));
    }

    [Test]
    public async Task What_is_made_of_the_samples_is_valid_and_so_are_the_questionnaires()
    {
        var resources = new List<(string, string)>();
        foreach (var name in Responses.Names)
        {
            var mapped = Sample(name);
            resources.Add((name, FhirJson.ToJson(mapped.ToTransaction())));
            resources.AddRange(mapped.Held.Select((held, i) => ($"{name}-held-{i}", FhirJson.ToJson(held.Resource))));
        }

        resources.AddRange(Directory.EnumerateFiles(Repository.Path("fhir-profiles", "questionnaires"), "*.json").Select(file => (Path.GetFileName(file), File.ReadAllText(file))));

        Assert.That(await ForeignValidator.ErrorsAsync(resources), Is.Empty);
    }

    [TestCase("2026")]
    [TestCase("2026-10")]
    public void A_form_that_gives_no_day_makes_none_up(string authored)
    {
        var mapped = Responses.Map(Responses.Taken(Responses.With($"[ {Responses.Item("88122-7", Responses.Code("LA28397-0"))}, {Responses.Item("88123-5", Responses.Code("LA28397-0"))} ]", $$"""{ "authored": "{{authored}}" }""")));

        Assert.That(mapped.Resources.Select(one => one.Resource).OfType<Observation>().Select(one => (one.Effective as Period)?.Start), Is.Not.Empty.And.All.EqualTo(authored));
    }

    [Test]
    public void What_is_derived_from_a_form_without_a_Questionnaire_claims_no_more_than_the_form()
    {
        var items = $"[ {Responses.Item("88122-7", Responses.Code("LA28397-0"))}, {Responses.Item("88123-5", Responses.Code("LA28397-0"))} ]";
        var unnamed = Responses.Map(Responses.Taken(Responses.With(items)));
        var named = Responses.Map(Responses.Taken(Responses.With(items, """{ "questionnaire": "https://example.org/forms/food" }""")));

        using var scope = Assert.EnterMultipleScope();
        Assert.That(unnamed.The<Observation>("screening/hunger-vital-sign/panel").Meta?.Profile ?? [], Is.Empty);
        Assert.That(unnamed.The<Observation>("screening/hunger-vital-sign/panel").DerivedFrom, Is.Not.Empty);
        Assert.That(named.The<Observation>("screening/hunger-vital-sign/panel").Meta!.Profile, Does.Contain(OwnProfiles.Screening));
    }

    private static MappedNote Sample(string name, ResolvedNote? chart = null) => Responses.Map(Responses.Taken(Responses.Sample(name)), chart);
}
