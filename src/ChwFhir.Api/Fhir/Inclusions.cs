using System.Text.Json.Nodes;
using ChwFhir.Chart;

namespace ChwFhir.Api.Fhir;

/// <summary>What comes along with the matches of a page: what they lead to and what leads to them, within their record. Each resource is read once, however many inclusions go through it.</summary>
internal sealed class Inclusions
{
    private readonly ShownRecord record;
    private readonly Dictionary<string, JsonObject> read = new(StringComparer.Ordinal);

    private Inclusions(ShownRecord record) => this.record = record;

    public static IEnumerable<JsonObject> Of(IReadOnlyList<Match> matches, IReadOnlyList<Inclusion> asked) =>
        asked.Count == 0 ? [] : matches.GroupBy(match => match.Of).SelectMany(group => new Inclusions(group.Key).Of([.. group], asked));

    private List<JsonObject> Of(List<Match> matches, IReadOnlyList<Inclusion> asked)
    {
        foreach (var match in matches)
            read[ShownRecord.Reference(match.Entry)] = match.Resource;
        HashSet<string> seen = new(read.Keys, StringComparer.Ordinal);
        List<JsonObject> included = [];
        List<RecordEntry> from = [.. matches.Select(match => match.Entry)];
        for (var round = 0; from.Count > 0; round++)
        {
            List<RecordEntry> found = [];
            foreach (var inclusion in asked.Where(one => round == 0 || one.Iterates))
                found.AddRange((inclusion.IsReverse ? Pointing(from, inclusion) : PointedAt(from, inclusion)).Where(entry => seen.Add(ShownRecord.Reference(entry))).ToList());
            included.AddRange(found.Select(Read));
            from = found;
        }
        return included;
    }

    private IEnumerable<RecordEntry> PointedAt(List<RecordEntry> from, Inclusion inclusion) => from.SelectMany(entry => References(entry, inclusion)).Select(record.Find).OfType<RecordEntry>();

    private IEnumerable<RecordEntry> Pointing(List<RecordEntry> to, Inclusion inclusion)
    {
        var targets = to.Select(ShownRecord.Reference).ToHashSet(StringComparer.Ordinal);
        return record.All.Where(entry => References(entry, inclusion).Any(targets.Contains));
    }

    private IEnumerable<string> References(RecordEntry entry, Inclusion inclusion) =>
        inclusion.IsFrom(entry.Resource.TypeName) && FhirTypes.Find(entry.Resource.TypeName) is { } type ? inclusion.From(type, Read(entry)) : [];

    private JsonObject Read(RecordEntry entry)
    {
        var name = ShownRecord.Reference(entry);
        return read.TryGetValue(name, out var here) ? here : read[name] = record.Show(entry).Read();
    }
}
