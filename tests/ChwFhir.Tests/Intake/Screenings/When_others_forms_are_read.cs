using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Screenings;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;
using static ChwFhir.Tests.Intake.Screenings.Responses;

namespace ChwFhir.Tests.Intake.Screenings;

/// <summary>Every QuestionnaireResponse of the shared test data: those of our instruments say in Observations what they were answered, the others are named as unknown.</summary>
internal sealed partial class When_others_forms_are_read
{
    [Test]
    public void Each_gives_the_Observations_that_its_answers_say()
    {
        var understood = new List<string>();
        var unknown = 0;
        using var scope = Assert.EnterMultipleScope();
        foreach (var (name, response) in All(Needs.TestData()))
        {
            switch (Read(Encoding.UTF8.GetBytes(response.ToJsonString())))
            {
                case ScreeningReading.Read read:
                    understood.Add(name);
                    Assert.That(Said(Map(read)), Is.SupersetOf(Answered(response["item"] as JsonArray ?? [], [])), name);
                    break;
                case ScreeningReading.Invalid { Faults: var faults }:
                    unknown++;
                    Assert.That(faults.Select(fault => fault.Code), Does.Contain("unknown-instrument").Or.Contain("not-fhir"), $"{name}: {string.Join("; ", faults)}");
                    break;
            }
        }

        TestContext.Out.WriteLine($"{understood.Count} understood ({string.Join(", ", understood)}), {unknown} of other forms");
        Assert.That(understood, Has.Count.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void The_one_in_XML_too()
    {
        var file = Needs.TestData("questionnaires", "sdoh-clinicalcare", "SDOHCC-QuestionnaireResponseHungerVitalSignExample.xml");

        var said = Said(Map(Taken(File.ReadAllBytes(file), "application/fhir+xml")));

        Assert.That(said, Is.EquivalentTo(new[] { ("88122-7", "LA28397-0"), ("88123-5", "LA28397-0"), ("88124-3", "LA19952-3") }));
    }

    /// <summary>Its linkIds are numbers of another system, and its Questionnaire is not with it: the panel's code is the Questionnaire's name, and the questions say the rest.</summary>
    [Test]
    public void A_PHQ_9_that_is_known_by_its_questions_is_scored()
    {
        var (_, response) = All(Needs.TestData("fhir-charts", "pacio-betsy-smith-johnson")).First(one => one.Response["questionnaire"]?.ToString().Contains("44249-1", StringComparison.Ordinal) == true);

        var mapped = Map(Taken(Encoding.UTF8.GetBytes(response.ToJsonString())));

        var answered = mapped.Resources.Where(one => one.Key.StartsWith("screening/phq-9/", StringComparison.Ordinal)).Select(one => one.Key["screening/phq-9/".Length..]).ToList();
        Assert.That(answered, Is.SupersetOf(new[] { "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8", "44261-6" }));
    }

    [Test]
    public void PRAPARE_is_what_US_Core_makes_of_it()
    {
        var said = Said(Map(Taken(File.ReadAllBytes(Needs.TestData("questionnaires", "us-core", "QuestionnaireResponse-PRAPARE-example.json")))));

        var theirs = Directory.EnumerateFiles(Needs.TestData("sdoh", "us-core-prapare-observations"), "*item*.json").Select(file => JsonNode.Parse(File.ReadAllBytes(file))!)
            .Select(observation => ((string)observation["code"]!["coding"]![0]!["code"]!, (string?)observation["valueCodeableConcept"]?["coding"]?[0]?["code"])).Where(one => one.Item2 is not null).ToList();
        Assert.That(theirs, Is.Not.Empty);
        Assert.That(said, Is.SupersetOf(theirs));
    }

    private static IEnumerable<(string, string?)> Said(MappedNote mapped) =>
        mapped.Resources.Concat(mapped.Held).Select(one => one.Resource).OfType<Observation>().Where(observation => observation.Value is not null)
            .Select(observation => (observation.Code!.Coding[0].Code!, (observation.Value as CodeableConcept)?.Coding[0].Code));

    /// <summary>What a response says to anybody who knows only that a linkId or a definition ends in a LOINC code.</summary>
    private static IEnumerable<(string, string?)> Answered(JsonArray items, string[] known) => items.SelectMany(item =>
    {
        var code = new[] { (string?)item!["linkId"], (string?)item["definition"] }.Select(name => Loinc().Match(name ?? "")).FirstOrDefault(match => match.Success)?.Value;
        var answers = (item["answer"] as JsonArray ?? []).Select(answer => (string?)answer!["valueCoding"]?["code"]).OfType<string>().Select(answer => (code ?? "", (string?)answer));
        return (code is null ? [] : answers).Concat(Answered(item["item"] as JsonArray ?? [], known));
    });

    private static IEnumerable<(string Name, JsonObject Response)> All(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains("QuestionnaireResponse", StringComparison.Ordinal))
                continue;

            JsonNode? json = null;
            try
            {
                json = JsonNode.Parse(text);
            }
            catch (System.Text.Json.JsonException)
            {
                // Not JSON by the letter: other tests are about that.
            }

            foreach (var response in Within(json))
                yield return (Path.GetRelativePath(folder, file), response);
        }
    }

    private static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject response when response["resourceType"] is JsonValue type && type.ToString() == "QuestionnaireResponse" => [response],
        JsonObject other => other.SelectMany(member => Within(member.Value)),
        JsonArray list => list.SelectMany(Within),
        _ => [],
    };

    [GeneratedRegex(@"(?<=\A|/)[0-9]{4,6}-[0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Loinc();
}
