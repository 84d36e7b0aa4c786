using System.Collections.Concurrent;
using ChwFhir.Ehr;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>
/// What this server was seen to do with our own earlier writes, type by type and way by way. Only where a search was seen to return them does "not found"
/// say something: many servers keep none of our identifiers. Outlives the process in the store, and runs out: servers change.
/// </summary>
internal sealed class SearchEvidence(NoteStore store, EhrConnection ehr, TimeProvider time)
{
    public const string ByIdentifier = "seen-by-identifier";
    public const string ByReferenceLine = "seen-by-reference-line";
    public const string ByCodeAndTime = "seen-by-code-and-time";

    /// <summary>A second reading of the same code and time is refused (59189): sending one again cannot double it.</summary>
    public const string RefusesRepeats = "seen-to-refuse-repeats";

    /// <summary>A conditional create has met what was there.</summary>
    public const string HonoursCondition = "seen-to-honour-if-none-exist";

    private const string Prefix = "seen-";
    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(30);
    private readonly ConcurrentDictionary<(string Type, string What), DateTimeOffset> seen = new();

    public async Task<bool> HasAsync(string type, string what, CancellationToken cancellationToken)
    {
        if (Holds(type, what))
            return true;

        foreach (var row in await store.LearnedAsync(ehr.Id, cancellationToken))
            if (IsEvidence(row))
                seen[(row.Type, row.Interaction)] = row.Until;
        return Holds(type, what);
    }

    public async Task SawAsync(string type, string what, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + GoodFor;
        // Said again with every note: written down once a day.
        if (seen.TryGetValue((type, what), out var known) && known > until - TimeSpan.FromDays(1))
            return;
        seen[(type, what)] = until;
        await store.SaveLearnedAsync(ehr.Id, type, what, until, cancellationToken);
    }

    /// <summary>Whether a row that was learned is one of these, and no refusal.</summary>
    public static bool IsEvidence(LearnedRow row) => row.Interaction.StartsWith(Prefix, StringComparison.Ordinal);

    private bool Holds(string type, string what) => seen.TryGetValue((type, what), out var until) && until > time.GetUtcNow();
}
