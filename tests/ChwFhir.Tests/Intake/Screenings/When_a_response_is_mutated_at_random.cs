using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake.Screenings;
using ChwFhir.Mapping;
using ChwFhir.Tests.Mapping;
using NUnit.Framework;
using static ChwFhir.Tests.Intake.Screenings.Responses;

namespace ChwFhir.Tests.Intake.Screenings;

/// <summary>Responses changed at random, by fixed seeds, so that a failure comes again: each is taken and mapped, or refused with its faults; none throws or takes a second.</summary>
internal sealed class When_a_response_is_mutated_at_random
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CHWFHIR_MUTATIONS"), out var rounds) ? rounds : 3_000;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "3", "1e400", "0.1", "\"\"", "\" \"", "\"x\"", "\"Patient/other\"", "[]", "{}", "[[]]", "[null]", "{\"id\":{}}", "\"2026-02-30\"", "\"\\u0000\"", "\"2026\"", "\"declined\"",
        "\"#form\"", "\"LA33-6\"", "\"44249-1\"", "\"/93042-0/71802-3\"", "{\"valueCoding\":{\"code\":\"LA6569-3\"}}", "{\"valueQuantity\":{\"value\":4}}", "[{\"linkId\":\"88122-7\",\"answer\":[{\"valueBoolean\":true}]}]",
        "[{\"resourceType\":\"Questionnaire\",\"id\":\"form\",\"item\":[{\"linkId\":\"1.1\"}]}]", "{\"reference\":\"#form\"}", "\"declined\"", "99999999999999999999999999999999",
    ];

    private static readonly byte[] Xml = """
        <QuestionnaireResponse xmlns="http://hl7.org/fhir"><identifier><value value="x1"/></identifier><status value="completed"/><subject><reference value="Patient/p1"/></subject><authored value="2026-11-03"/>
        <item><linkId value="/88122-7"/><answer><valueCoding><system value="http://loinc.org"/><code value="LA28397-0"/></valueCoding></answer></item>
        <item><linkId value="/88123-5"/><answer><valueCoding><code value="LA28398-8"/></valueCoding></answer></item></QuestionnaireResponse>
        """u8.ToArray();

    [Test]
    public void Changed_values_are_always_answered()
    {
        var random = new Random(20261122);
        var samples = Names.Select(Sample).ToArray();
        var outcomes = new HashSet<Type>();
        for (var i = 0; i < Rounds; i++)
        {
            var response = JsonNode.Parse(samples[random.Next(samples.Length)])!;
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                Change(response, random);

            outcomes.Add(Answer(Encoding.UTF8.GetBytes(response.ToJsonString()), "application/fhir+json", i));
        }

        Assert.That(outcomes, Is.EquivalentTo(new[] { typeof(ScreeningReading.Read), typeof(ScreeningReading.Invalid) }));
    }

    [TestCase("application/fhir+json")]
    [TestCase("application/fhir+xml")]
    public void Changed_bytes_are_always_answered(string contentType)
    {
        var random = new Random(7);
        var samples = contentType.EndsWith("xml", StringComparison.Ordinal) ? [Xml] : Names.Select(Sample).ToArray();
        var outcomes = new HashSet<Type>();
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = samples[random.Next(samples.Length)].ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(10) == 0)
                bytes = bytes[..random.Next(bytes.Length)];

            outcomes.Add(Answer(bytes, contentType, i));
        }

        Assert.That(outcomes, Is.EquivalentTo(new[] { typeof(ScreeningReading.Read), typeof(ScreeningReading.Unreadable), typeof(ScreeningReading.Invalid) }));
    }

    private static Type Answer(byte[] body, string contentType, int round)
    {
        ScreeningReading? reading = null;
        var clock = Stopwatch.StartNew();
        Assert.That(() => reading = Read(body, contentType), Throws.Nothing, $"round {round}");
        if (reading is ScreeningReading.Invalid { Faults: var faults })
            Assert.That(faults, Is.Not.Empty, $"round {round}");
        if (reading is ScreeningReading.Read read)
            Assert.That(() => ScreeningMapper.Map(read.Screening, read.ContentHash, Notes.TheChart, new MappingOptions(), withEncounter: true).ToTransaction(), Throws.Nothing, $"round {round}");
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), $"round {round}");

        return reading!.GetType();
    }

    private static void Change(JsonNode node, Random random)
    {
        while (true)
        {
            var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
            var inner = node switch
            {
                JsonObject { Count: > 0 } members => members.ElementAt(random.Next(members.Count)).Value,
                JsonArray { Count: > 0 } entries => entries[random.Next(entries.Count)],
                _ => null,
            };
            if (inner is JsonObject or JsonArray && random.Next(4) > 0)
            {
                node = inner;
                continue;
            }

            switch (node)
            {
                case JsonObject { Count: > 0 } members:
                    var name = members.ElementAt(random.Next(members.Count)).Key;
                    if (random.Next(4) == 0)
                        members.Remove(name);
                    else
                        members[name] = value;
                    return;
                case JsonArray { Count: > 0 } entries:
                    if (random.Next(2) == 0)
                        entries.Add(entries[random.Next(entries.Count)]?.DeepClone());
                    else
                        entries[random.Next(entries.Count)] = value;
                    return;
                default:
                    return;
            }
        }
    }
}
