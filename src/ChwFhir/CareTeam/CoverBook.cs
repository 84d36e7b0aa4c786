using ChwFhir.Ehr;
using ChwFhir.Queue;

namespace ChwFhir.CareTeam;

/// <summary>Who is away and who covers, as the store says; looked up again after a few seconds, so that every instance soon knows.</summary>
public sealed class CoverBook(NoteStore store, EhrConnection ehr, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private volatile Page? known;

    /// <summary>Those who are away or will be.</summary>
    public async Task<IReadOnlyList<AwayRow>> ReadAsync(CancellationToken cancellationToken)
    {
        if (known is { } page && time.GetElapsedTime(page.ReadAt) < Fresh)
            return page.Away;
        var away = await store.AwayAsync(ehr.Id, cancellationToken);
        known = new Page(away, time.GetTimestamp());
        return away;
    }

    /// <summary>With those for whom they cover now.</summary>
    public async Task<TeamCaller> WithCoversAsync(TeamCaller caller, CancellationToken cancellationToken) =>
        caller with { Covers = CoverRule.Of(caller, await ReadAsync(cancellationToken), time.GetUtcNow()) };

    /// <summary>Somebody is away from one time to another, and says who covers.</summary>
    public async Task SayAwayAsync(TeamCaller caller, string cover, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await store.SayAwayAsync(ehr.Id, new AwayRow(0, caller.Self, TeamCaller.Canonical(cover), caller.Roles, from, until), cancellationToken);
        known = null;
    }

    /// <returns>False when it is none of theirs, or over.</returns>
    public async Task<bool> EndAwayAsync(TeamCaller caller, long id, CancellationToken cancellationToken)
    {
        var ended = await store.EndAwayAsync(ehr.Id, caller.Self, id, cancellationToken);
        known = null;
        return ended;
    }

    /// <summary>Those whom a notification is for, and with them whoever covers for one who is away, by what was last read.</summary>
    internal IReadOnlyList<string> WithCovers(IReadOnlyList<string> to)
    {
        var (away, now) = (known?.Away ?? [], time.GetUtcNow());
        return away.Count == 0 ? to : [.. to.Concat(to.Select(who => CoverRule.CoverOf(who, away, now)).OfType<string>()).Distinct()];
    }

    private sealed record Page(IReadOnlyList<AwayRow> Away, long ReadAt);
}
