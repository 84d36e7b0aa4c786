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
    public const string NameForOthers = "a part that is held back now";
    private const string HeldText = "held/";
    private const string Why = "the note holds it back since it was amended; the EHR still shows what it said before";
    private const string WhyDocument = "it may have words that the note holds back since it was amended";
    private const string WithinText = "held/in-";
    private const string WhyWithin = "it still has words that the note holds back since it was amended, or may; the rest of it stands";

    public static bool Is(string key) => key.Contains(ResourceRow.HeldSince);

    /// <summary>What it is called where anybody may read it.</summary>
    public static string NameOf(string key) => Is(key) ? NameForOthers : key;

    /// <summary>Whether it says where a part stands that is held back now.</summary>
    public static bool IsOfPart(RemovalStatus removal) => removal.Key.StartsWith(HeldText, StringComparison.Ordinal);

    /// <summary>The name of a row among what the records office has to take out: it does not say what is held.</summary>
    public static string RemovalKey(string key) => Is(key) ? $"{HeldText}{Folding.Hash(key)}" : key;

    /// <summary>
    /// What earlier editions wrote, or may have, of parts that are held back now, and what it is called from here on: the part's key stands for what is held. Once
    /// something is held by an amendment, so is all that the note does not say any more.
    /// </summary>
    /// <param name="isHeldSince">See <see cref="HoldHistory.IsHeldSince"/>.</param>
    public static IReadOnlyList<(ResourceRow Row, string Name)> SetAside(StoredNote stored, MappedNote mapped, bool isHeldSince)
    {
        var (held, told) = (mapped.Held.Select(part => part.Key).ToHashSet(StringComparer.Ordinal), mapped.Resources.Select(part => part.Key).ToHashSet(StringComparer.Ordinal));
        return [.. stored.Resources.Where(row => row.Edition < stored.Edition && row.State is (ResourceState.Written or ResourceState.Held or ResourceState.Unknown) && !Is(row.Key) && !Earlier.Is(row.Key)
                && (held.Contains(row.Key) || (isHeldSince && !told.Contains(row.Key) && row.Type is not ("Provenance" or "Encounter" or "CarePlan") && row.Key != Planner.DocumentKey && !row.Key.StartsWith(Planner.DocumentKey + ".", StringComparison.Ordinal))))
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

    /// <summary>The document of an earlier edition of a note that holds something since, where it says anything that the last one does not: that may be it. Null: it does not.</summary>
    public static RemovalRow? Document(StoredNote stored, EarlierContent earlier, MappedNote now)
    {
        if (earlier.Version.Edition is not { } edition || stored.Resources.FirstOrDefault(row => row.Key == DocumentNames.Before(edition + 1) && row.State is (ResourceState.Written or ResourceState.Unknown)) is not { } document)
            return null;
        return earlier.Says is null || HeldWords.SaysMore(earlier.Says.Document, now.Document) || HeldWords.NamesMore(earlier.Corrects, now.Document) ? new RemovalRow(document.Key, document.Type, document.Reference, WhyDocument) : null;
    }

    /// <summary>Shared with the rest of the chart: it stands, and what is held is to be taken out of it.</summary>
    /// <param name="edition">That still finds it: what was taken out for an earlier one may be asked for again.</param>
    public static RemovalRow Within(ResourceRow row, int edition) => new(string.Create(CultureInfo.InvariantCulture, $"{WithinText}{Folding.Hash(row.Key)}.{edition}"), row.Type, row.Reference, WhyWithin);

    public static bool IsWithin(string key) => key.StartsWith(WithinText, StringComparison.Ordinal);

    public static IReadOnlyList<NoteIssue> Issues(IEnumerable<RemovalRow> removals) => !removals.Any(row => row.DoneAt is null && !Earlier.Is(row.Key)) ? [] :
        [new NoteIssue("warning", "removal-asked", null, "the note holds something back since it was amended, and the EHR still has the words of before; the records office has to remove them")];

    /// <summary>The key of the part that was called so.</summary>
    public static string Part(string key) => Is(key) ? key[..key.IndexOf(ResourceRow.HeldSince, StringComparison.Ordinal)] : key;
}
