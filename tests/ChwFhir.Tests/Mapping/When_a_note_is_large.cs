using System.Diagnostics;
using System.Text.Json;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

internal sealed class When_a_note_is_large
{
    [Test]
    public void A_thousand_goals_concerns_and_messages_cost_no_more_each_than_fifty()
    {
        var (small, large) = (Read(50), Read(1000));
        Samples.Map(small);
        Samples.Map(large);

        var ratio = Time(large) / Time(small);

        Assert.That(ratio, Is.LessThan(20 * 10), "twenty times the parts, ten times of leeway");
    }

    [Test]
    public void Every_text_of_it_stands_in_the_document_whatever_it_is()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 200; round++)
        {
            string[] texts = [.. Enumerable.Range(0, 6).Select(_ => Text(random))];
            var q = texts.Select(text => JsonSerializer.Serialize(text)).ToArray();
            var mapped = Notes.Map($$"""
                { "goals": [ { "text": {{q[0]}}, "steps": [ { "text": {{q[1]}} } ] } ], "messages": [ { "to": ["nurse"], "text": {{q[2]}} } ], "concerns": [ { "domain": "other", "text": {{q[3]}} } ],
                  "symptoms": [ { "symptom": "other", "text": {{q[4]}} } ], "narrative": {{q[5]}} }
                """);

            foreach (var text in texts)
                Assert.That(AtTheMargin(mapped.Document), Does.Contain(AtTheMargin(text)));
            Assert.That(FhirJson.Parse<Bundle>(mapped.Json()).Entry, Has.Count.EqualTo(mapped.Resources.Count));
        }
    }

    private static string AtTheMargin(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimStart(' ')));

    private static string Text(Random random)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzÄéñß中文😀 .,;:!?-*_#>[]()<&\"'\n\t0123456789";
        var runes = Letters.EnumerateRunes().ToArray();
        return "t" + string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => runes[random.Next(runes.Length)].ToString())) + "t";
    }

    private static ChwFhir.Intake.VisitNoteReading.Read Read(int parts)
    {
        var goals = string.Join(',', Enumerable.Range(0, parts).Select(i => $$"""{ "text": "Goal {{i}} of many", "steps": [ { "text": "Step {{i}}" } ] }"""));
        var concerns = string.Join(',', Enumerable.Range(0, parts).Select(i => $$"""{ "domain": "food-insecurity", "text": "Concern {{i}}" }"""));
        var messages = string.Join(',', Enumerable.Range(0, parts).Select(i => $$"""{ "to": ["nurse"], "text": "Message {{i}}", "about": ["symptom/pain"] }"""));
        return Samples.Read(System.Text.Encoding.UTF8.GetBytes($$"""
            { "id": "n", "patient": { "reference": "Patient/p1" }, "author": { "reference": "Practitioner/chw-1" }, "visit": { "start": "2026-11-03T14:05:00-05:00" },
              "goals": [ {{goals}} ], "concerns": [ {{concerns}} ], "messages": [ {{messages}} ] }
            """));
    }

    private static double Time(ChwFhir.Intake.VisitNoteReading.Read read)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Samples.Map(read);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
