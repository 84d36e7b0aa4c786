using System.Globalization;
using System.Text;
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
    private const int FewestWords = 3;

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

    /// <summary>The document of an edition, where it told something that is held back now, or may have. Null: it did not.</summary>
    public static RemovalRow? Document(StoredNote stored, EarlierVersion version, MappedNote? then, MappedNote now)
    {
        var newly = Newly(then, now).ToList();
        if (newly.Count == 0 || stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(version.Edition!.Value + 1) && row.State is (ResourceState.Written or ResourceState.Unknown)) is not { } document)
            return null;
        var text = then is null ? null : Folding.Fold(then.Document);
        return text is null || newly.Exists(part => then!.Resources.Any(before => before.FullUrl == part.FullUrl) || Words(part.Resource).Any(words => text.Contains(words, StringComparison.Ordinal))) || Gone(then!, now)
            ? new RemovalRow(document.Key, document.Type, document.Reference, WhyDocument) : null;
    }

    public static IReadOnlyList<NoteIssue> Issues(IEnumerable<RemovalRow> removals) => !removals.Any(row => row.DoneAt is null && !Earlier.Is(row.Key)) ? [] :
        [new NoteIssue("warning", "removal-asked", null, "the note holds something back since it was amended, and the EHR still has the words of before; the records office has to remove them")];

    private static string Part(string key) => key[..key.IndexOf(ResourceRow.HeldSince, StringComparison.Ordinal)];

    // A paragraph of the document that is not there any more leaves no other trace than its length.
    private static bool Gone(MappedNote then, MappedNote now) =>
        then.Resources.Any(before => before.Resource is not (DocumentReference or Provenance or Encounter or CarePlan) && !now.Resources.Any(part => part.FullUrl == before.FullUrl) && !now.Held.Any(part => part.FullUrl == before.FullUrl));

    // Whatever people wrote in it, folded as the document is.
    private static IEnumerable<string> Words(Resource part)
    {
        var texts = Strings(Merge.Json(part)).ToList();
        if (part is DocumentReference held)
            texts.AddRange(held.Content.Select(content => content.Attachment?.Data).OfType<byte[]>().SelectMany(bytes => Encoding.UTF8.GetString(bytes).Split('\n')));
        return texts.Select(Folding.Fold).Where(text => text.Count(' '.Equals) >= FewestWords - 1);
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject item => item.Where(member => member.Key is not ("data" or "div" or "reference" or "url")).SelectMany(member => Strings(member.Value)),
        JsonArray list => list.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
