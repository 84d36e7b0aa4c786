using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Testing;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>Each sample with one place changed at a time: every word that may stand there, every precision of a date, and the place left out.</summary>
internal sealed class Whatever_stands_in_a_place_of_a_note
{
    private static readonly string[] Dates = ["2026", "2026-10", "2026-10-03", "2026-10-03T10:00:00Z", "2026-10-03T10:00:00.123-05:00"];
    private static readonly List<string[]> Vocabularies = [.. typeof(Words).Assembly.GetTypes().Where(type => type.IsEnum && type.Namespace == typeof(Words).Namespace).Select(Vocabulary)];

    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void What_it_becomes_keeps_what_it_claims(string name)
    {
        var note = JsonNode.Parse(File.ReadAllBytes(Repository.Path("samples", "visit-notes", $"{name}.json")))!;
        List<string> broken = [];
        var read = 0;
        foreach (var (place, changed) in Changed(note, note, ""))
        {
            if (VisitNoteReader.Read(changed, new IntakeOptions()) is not VisitNoteReading.Read taken)
                continue;

            read++;
            broken.AddRange(KeptPromises.Broken(NoteMapper.Map(taken.Note, taken.ContentHash, Samples.Resolve(taken.Note), Samples.TheOptions)).Select(why => $"{place}: {why}"));
        }

        TestContext.Out.WriteLine($"{read} notes");
        Assert.That(read, Is.GreaterThan(10));
        Assert.That(broken, Is.Empty);
    }

    internal static IEnumerable<(string Place, byte[] Note)> Changed(JsonNode note, JsonNode at, string place)
    {
        if (at is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                members.Remove(name);
                yield return ($"{place}/{name} left out", Bytes(note));
                members[name] = value;
                foreach (var inner in value is JsonValue leaf ? Replaced(note, leaf, other => members[name] = other, $"{place}/{name}") : Changed(note, value!, $"{place}/{name}"))
                    yield return inner;
            }
        }
        else if (at is JsonArray list)
        {
            foreach (var (index, value) in list.ToList().Index())
                foreach (var inner in value is JsonValue leaf ? Replaced(note, leaf, other => list[index] = other, $"{place}/{index}") : Changed(note, value!, $"{place}/{index}"))
                    yield return inner;
        }
    }

    private static IEnumerable<(string Place, byte[] Note)> Replaced(JsonNode note, JsonValue leaf, Action<JsonNode> put, string place)
    {
        var others = leaf.GetValueKind() switch
        {
            JsonValueKind.String when leaf.GetValue<string>() is var text => (IsDate(text) ? Dates : []).Concat(Vocabularies.Where(words => words.Contains(text)).SelectMany(words => words)).Distinct().Select(word => JsonValue.Create(word)!),
            JsonValueKind.True => [JsonValue.Create(false)],
            JsonValueKind.False => [JsonValue.Create(true)],
            JsonValueKind.Number => [JsonValue.Create(0), JsonValue.Create(1), JsonValue.Create(2.5m)],
            _ => Enumerable.Empty<JsonValue>(),
        };
        foreach (var other in others.ToList())
        {
            put(other);
            yield return ($"{place} as {other.ToJsonString()}", Bytes(note));
        }

        if (leaf.Parent is null)
            put(leaf);
    }

    private static bool IsDate(string text) => text.StartsWith("20", StringComparison.Ordinal) && text.Length >= 7 && text[4] == '-';

    private static byte[] Bytes(JsonNode note) => Encoding.UTF8.GetBytes(note.ToJsonString());

    private static string[] Vocabulary(Type type) => [.. ((System.Collections.IEnumerable)typeof(Words).GetMethod(nameof(Words.All))!.MakeGenericMethod(type).Invoke(null, null)!).Cast<string>()];
}
