using System.Text;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Intake;

/// <summary>The seeds are fixed, so that a failure comes again.</summary>
internal sealed class When_a_note_is_mutated_at_random
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e400", "0.1", "\"\"", "\" \"", "\"x\"", "\"Patient/other\"", "[]", "{}", "[[]]", "[null]", "{\"id\":{}}", "\"2026-02-30\"", "\"\\u0000\"",
        "\"2026-11-03T14:05:00Z\"", "\"\\ud800\"", "99999999999999999999999999999999", "[\"a\",\"a\"]", "{\"reference\":\"Patient/1\"}", "\"declined\"",
    ];

    [Test]
    public void Changed_bytes_are_always_answered()
    {
        var random = new Random(20261103);
        var outcomes = new HashSet<Type>();
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = SomeNote.Whole;
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(10) == 0)
                bytes = bytes[..random.Next(bytes.Length)];

            outcomes.Add(Answer(bytes, i));
        }

        Assert.That(outcomes, Is.EquivalentTo(new[] { typeof(VisitNoteReading.Read), typeof(VisitNoteReading.Unreadable), typeof(VisitNoteReading.Invalid) }));
    }

    [Test]
    public void Changed_values_are_always_answered()
    {
        var random = new Random(14);
        var outcomes = new HashSet<Type>();
        for (var i = 0; i < 5_000; i++)
        {
            var note = JsonNode.Parse(SomeNote.Whole)!;
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                Change(note, random);

            outcomes.Add(Answer(Encoding.UTF8.GetBytes(note.ToJsonString().Replace("\\uFFFD", "\\ud800", StringComparison.Ordinal)), i));
        }

        Assert.That(outcomes, Does.Contain(typeof(VisitNoteReading.Read)).And.Contain(typeof(VisitNoteReading.Invalid)));
    }

    private static Type Answer(byte[] bytes, int round)
    {
        VisitNoteReading? reading = null;
        Assert.That(() => reading = VisitNoteReader.Read(bytes, new IntakeOptions()), Throws.Nothing, $"round {round}");
        if (reading is VisitNoteReading.Invalid invalid)
            Assert.That(invalid.Faults, Is.Not.Empty, $"round {round}");
        return reading!.GetType();
    }

    private static void Change(JsonNode node, Random random)
    {
        while (true)
        {
            var value = JsonNode.Parse(Values[random.Next(Values.Length)].Replace("\\ud800", "\\ufffd", StringComparison.Ordinal));
            if (node is JsonObject { Count: > 0 } members)
            {
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (members[name] is JsonObject or JsonArray && random.Next(4) > 0)
                {
                    node = members[name]!;
                    continue;
                }

                switch (random.Next(5))
                {
                    case 0: members.Remove(name); return;
                    case 1: members[$"{name}~/"] = value; return;
                    default: members[name] = value; return;
                }
            }

            if (node is not JsonArray { Count: > 0 } entries)
                return;

            var index = random.Next(entries.Count);
            if (entries[index] is JsonObject or JsonArray && random.Next(4) > 0)
            {
                node = entries[index]!;
                continue;
            }

            if (random.Next(2) == 0)
                entries.Add(value);
            else
                entries[index] = value;
            return;
        }
    }
}
