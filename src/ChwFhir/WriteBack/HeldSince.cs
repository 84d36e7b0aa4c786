using System.Globalization;
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
    // No key of a part has it.
    private const char Sign = '@';
    private const string HeldText = "held/";
    private const string Why = "the note holds it back since it was amended; the EHR still shows what it said before";
    private const string WhyDocument = "it may have words that the note holds back since it was amended";

    /// <summary>Whether a row stands for what an edition wrote of a part that was held back later.</summary>
    public static bool Is(string key) => key.Contains(Sign);

    /// <summary>Whether it says where a part stands that is held back now.</summary>
    public static bool IsOfPart(RemovalStatus removal) => removal.Key.StartsWith(HeldText, StringComparison.Ordinal);

    /// <summary>What earlier editions wrote, or may have, of parts that are held back now, and what it is called from here on: the part's key stands for what is held.</summary>
    public static IReadOnlyList<(ResourceRow Row, string Name)> SetAside(StoredNote stored, MappedNote mapped)
    {
        if (stored.Version == 1 || mapped.Held.Count == 0)
            return [];
        var held = mapped.Held.Select(part => part.Key).ToHashSet(StringComparer.Ordinal);
        return [.. stored.Resources.Where(row => row.Edition < stored.Edition && held.Contains(row.Key) && row.State is (ResourceState.Written or ResourceState.Held or ResourceState.Unknown))
            .Select(row => (row, string.Create(CultureInfo.InvariantCulture, $"{row.Key}{Sign}{row.Edition}")))];
    }

    /// <summary>What was called so, and is told openly again: it goes by the part's key as before.</summary>
    public static IReadOnlyList<(ResourceRow Row, string Name)> TakenUp(StoredNote stored, MappedNote mapped)
    {
        if (stored.Version == 1 || !stored.Resources.Any(row => Is(row.Key)))
            return [];
        var told = mapped.Resources.Select(part => part.Key).Except(stored.Resources.Select(row => row.Key)).ToHashSet(StringComparer.Ordinal);
        return [.. stored.Resources.Where(row => Is(row.Key) && told.Contains(Part(row.Key))).GroupBy(row => Part(row.Key), StringComparer.Ordinal).Select(rows => (rows.Last(), rows.Key))];
    }

    public static StoredNote Renamed(StoredNote stored, IReadOnlyList<(ResourceRow Row, string Name)> aside) => aside.Count == 0 ? stored
        : stored with { Resources = [.. stored.Resources.Select(row => aside.FirstOrDefault(one => one.Row.Key == row.Key) is { Name: { } name } ? row with { Key = name } : row)] };

    /// <summary>What the records office has to take out: the parts, and the documents of the editions that told them.</summary>
    /// <param name="versions">The note's earlier contents.</param>
    public static IReadOnlyList<RemovalRow> Removals(StoredNote stored, MappedNote mapped, IReadOnlyList<EarlierVersion> versions)
    {
        List<RemovalRow> removals = [.. stored.Resources.Where(row => Is(row.Key)).Select(row => new RemovalRow($"{HeldText}{Folding.Hash(row.Key)}", row.Type, row.Reference, Why))];
        foreach (var version in versions.Where(version => version.Edition is not null && mapped.Held.Any(part => IsToldBy(version, part))))
        {
            if (stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(version.Edition!.Value + 1) && row.State is (ResourceState.Written or ResourceState.Unknown)) is { } document)
                removals.Add(new RemovalRow(document.Key, document.Type, document.Reference, WhyDocument));
        }
        return removals;
    }

    public static IReadOnlyList<NoteIssue> Issues(IReadOnlyList<RemovalRow> removals) => removals.Count == 0 ? [] :
        [new NoteIssue("warning", "removal-asked", null, "the note holds something back since it was amended, and the EHR still has the words of before; the records office has to remove them")];

    private static string Part(string key) => key[..key.IndexOf(Sign, StringComparison.Ordinal)];

    // A held text was a paragraph of the document: whether it is the same one nobody can tell. Any other part has had the same key when it was told.
    private static bool IsToldBy(EarlierVersion version, MappedResource part)
    {
        var row = version.Resources.FirstOrDefault(row => row.Key == part.Key);
        return row is null ? part.Key.StartsWith(HeldText, StringComparison.Ordinal) : row.How != KeepWithService.Held;
    }
}
