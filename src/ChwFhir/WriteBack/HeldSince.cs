using System.Globalization;
using System.Text.Json.Nodes;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>
/// What a note told openly and holds back since it was amended. The EHR has its words still, in what is superseded or entered in error: software cannot take them
/// out, the records office has to. Pure.
/// </summary>
internal static class HeldSince
{
    public const string NameForOthers = "a part that is held back now";
    private const string HeldText = "held/";
    private const string Why = "the note holds it back since it was amended; the EHR still shows what it said before";
    private const string WhyDocument = "it may have words that the note holds back since it was amended";
    private const string WithinText = "held/in-";
    private const string WhyWithin = "it still has words that the note holds back since it was amended, or may; the rest of it stands";

    private static readonly char[] Marks = ['.', ',', ';', ':', '!', '?', '(', ')'];

    // The elements that people write; "text" is a narrative too, whose words stand in its div.
    private static readonly HashSet<string> InWords = ["text", "description", "display", "title", "comment", "valueString"];

    public static bool Is(string key) => key.Contains(ResourceRow.HeldSince);

    /// <summary>What it is called where anybody may read it.</summary>
    public static string NameOf(string key) => Is(key) ? NameForOthers : key;

    /// <summary>Whether it says where a part stands that is held back now.</summary>
    public static bool IsOfPart(RemovalStatus removal) => removal.Key.StartsWith(HeldText, StringComparison.Ordinal);

    /// <summary>The name of a row among what the records office has to take out: it does not say what is held.</summary>
    public static string RemovalKey(string key) => Is(key) ? $"{HeldText}{Folding.Hash(key)}" : key;

    /// <summary>What is held now and was not held in these words by the content before; null of one that cannot be read any more.</summary>
    public static IEnumerable<MappedResource> Newly(MappedNote? then, MappedNote now) =>
        now.Held.Where(part => then is null || !then.Held.Any(before => Corrections.SaysTheSame(before.Resource, part.Resource)));

    /// <summary>
    /// What earlier editions wrote, or may have, of parts that are held back now, and what it is called from here on: the part's key stands for what is held. In an
    /// edition that holds something back anew, so is all that it does not say any more: it may be the same in other words or under another name.
    /// </summary>
    /// <param name="holdsAnew">Against the edition before.</param>
    public static IReadOnlyList<(ResourceRow Row, string Name)> SetAside(StoredNote stored, MappedNote mapped, bool holdsAnew)
    {
        if (mapped.Held.Count == 0)
            return [];
        var (held, told) = (mapped.Held.Select(part => part.Key).ToHashSet(StringComparer.Ordinal), mapped.Resources.Select(part => part.Key).ToHashSet(StringComparer.Ordinal));
        return [.. stored.Resources.Where(row => row.Edition < stored.Edition && row.State is (ResourceState.Written or ResourceState.Held or ResourceState.Unknown) && !Is(row.Key) && !Earlier.Is(row.Key)
                && (held.Contains(row.Key) || (holdsAnew && !told.Contains(row.Key) && row.Type is not ("DocumentReference" or "Provenance" or "Encounter" or "CarePlan"))))
            .Select(row => (row, string.Create(CultureInfo.InvariantCulture, $"{row.Key}{ResourceRow.HeldSince}{row.Edition}")))];
    }

    /// <summary>What was called so, and is told openly again: it goes by the part's key as before.</summary>
    public static IReadOnlyList<(ResourceRow Row, string Name)> TakenUp(StoredNote stored, MappedNote mapped)
    {
        var told = mapped.Resources.Select(part => part.Key).Except(stored.Resources.Select(row => row.Key)).ToHashSet(StringComparer.Ordinal);
        return [.. stored.Resources.Where(row => Is(row.Key) && told.Contains(Part(row.Key))).GroupBy(row => Part(row.Key), StringComparer.Ordinal).Select(rows => (rows.Last(), rows.Key))];
    }

    public static StoredNote Renamed(StoredNote stored, IReadOnlyList<(ResourceRow Row, string Name)> renamed) => renamed.Count == 0 ? stored
        : stored with { Resources = [.. stored.Resources.Select(row => renamed.FirstOrDefault(one => one.Row.Key == row.Key) is { Name: { } name } ? row with { Key = name } : row)] };

    public static RemovalRow Removal(ResourceRow row) => new(RemovalKey(row.Key), row.Type, row.Reference, Why);

    /// <summary>Whether a content after this one, and be it between it and the last, holds something that this one does not hold in these words.</summary>
    /// <param name="then">Null: nobody can tell any more what it held.</param>
    /// <param name="later">The contents after it, the last one last.</param>
    public static bool IsHeldAfter(MappedNote? then, IEnumerable<MappedNote?> later) => later.Any(one => one is not null && Newly(then, one).Any());

    /// <summary>The document of an edition after which something was held back, where it says anything that the last one does not: that may be it, in other words. Null: it does not.</summary>
    /// <param name="later">The contents after it, the last one last.</param>
    public static RemovalRow? Document(StoredNote stored, EarlierVersion version, MappedNote? then, IReadOnlyList<MappedNote?> later)
    {
        if (!IsHeldAfter(then, later) || stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(version.Edition!.Value + 1) && row.State is (ResourceState.Written or ResourceState.Unknown)) is not { } document)
            return null;
        return then is null || SaysMore(then.Document, later[^1]!.Document) ? new RemovalRow(document.Key, document.Type, document.Reference, WhyDocument) : null;
    }

    /// <summary>What earlier contents say in words in a part, and the last one does not, folded.</summary>
    public static IReadOnlySet<string> Lost(string key, IEnumerable<MappedNote?> earlier, MappedNote now)
    {
        var part = Is(key) ? Part(key) : key;
        var lost = earlier.OfType<MappedNote>().SelectMany(then => then.Resources).Where(resource => resource.Key == part).SelectMany(resource => Words(resource.Resource)).ToHashSet(StringComparer.Ordinal);
        lost.ExceptWith(now.Resources.Where(resource => resource.Key == part).SelectMany(resource => Words(resource.Resource)));
        return lost;
    }

    /// <summary>Whether a resource says one of these words, in what it holds or in its narrative.</summary>
    public static bool Says(Resource there, IReadOnlySet<string> words)
    {
        var text = there is DomainResource { Text.Div: { } div } ? Folding.Fold(Intake.FhirDocuments.Narratives.Text(div)) : "";
        return Words(there).Any(words.Contains) || words.Any(one => text.Contains(one, StringComparison.Ordinal));
    }

    /// <summary>What people wrote in it, folded.</summary>
    public static IEnumerable<string> Words(Resource resource) => Strings(Merge.Json(resource)).Select(Folding.Fold).Where(text => text.Length > 0);

    /// <summary>Shared with the rest of the chart: it stands, and what is held is to be taken out of it.</summary>
    /// <param name="edition">That still finds it: what was taken out for an earlier one may be asked for again.</param>
    public static RemovalRow Within(ResourceRow row, int edition) => new(string.Create(CultureInfo.InvariantCulture, $"{WithinText}{Folding.Hash(row.Key)}.{edition}"), row.Type, row.Reference, WhyWithin);

    public static bool IsWithin(string key) => key.StartsWith(WithinText, StringComparison.Ordinal);

    public static IReadOnlyList<NoteIssue> Issues(IEnumerable<RemovalRow> removals) => !removals.Any(row => row.DoneAt is null && !Earlier.Is(row.Key)) ? [] :
        [new NoteIssue("warning", "removal-asked", null, "the note holds something back since it was amended, and the EHR still has the words of before; the records office has to remove them")];

    private static string Part(string key) => key[..key.IndexOf(ResourceRow.HeldSince, StringComparison.Ordinal)];

    // Head and foot are of the document: who wrote it, when, what it replaces and what it is called.
    private static bool SaysMore(string then, string now)
    {
        var said = Clauses(now.Split('\n')).ToHashSet(StringComparer.Ordinal);
        return Clauses(then.Split('\n').SkipWhile(line => line.Length > 0).SkipLast(1)).Any(clause => !said.Contains(clause));
    }

    private static IEnumerable<string> Clauses(IEnumerable<string> lines) =>
        lines.SelectMany(line => line.TrimStart('-', ' ').Split(Marks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Folding.Fold).Where(clause => clause.Length > 0);

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(member => member.Value is JsonValue value ? value.TryGetValue<string>(out var text) && InWords.Contains(member.Key) ? [text] : [] : Strings(member.Value)),
        JsonArray list => list.SelectMany(Strings),
        _ => [],
    };
}
