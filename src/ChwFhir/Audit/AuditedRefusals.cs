using System.Globalization;

namespace ChwFhir.Audit;

/// <summary>
/// Refusals that may come by the thousand (requests beyond a limit, addresses that are not spoken to): one record a minute for each who and what. How many
/// more there were stands in the next, or in one of its own when no next comes. Nobody waits for it.
/// </summary>
public sealed class AuditedRefusals(AuditLog log, TimeProvider clock)
{
    // Beyond so many different ones within a minute somebody makes them up: they share one for each kind. Attacks have room of their own, and nobody who is
    // signed in ever stands among others: there are only so many of them.
    private const int MostNameless = 1000;
    private const int MostAttacks = 10_000;
    private static readonly TimeSpan NotOftener = TimeSpan.FromMinutes(1);
    private readonly Dictionary<Who, Told> nameless = [];
    private readonly Dictionary<Who, Told> attacks = [];
    private readonly Dictionary<Who, Told> named = [];
    private readonly Lock door = new();
    private DateTimeOffset swept;

    public async Task RecordAsync(AuditRecord record)
    {
        foreach (var due in Due(record with { When = record.When ?? clock.GetUtcNow() }))
            await log.AppendSoonAsync(due).ConfigureAwait(false);
    }

    private List<AuditRecord> Due(AuditRecord record)
    {
        var now = clock.GetUtcNow();
        List<AuditRecord> due = [];
        lock (door)
        {
            var (told, most) = record switch
            {
                { Subject: not AuditRecord.Anonymous } => (named, int.MaxValue),
                { Action: AuditAction.Attack } => (attacks, MostAttacks),
                _ => (nameless, MostNameless),
            };
            var who = new Who(record.Action, record.Subject, record.Subject == AuditRecord.Anonymous ? record.From : null, record.Kind, record.Why);
            if (!told.ContainsKey(who) && told.Count >= most)
                who = who with { From = null };
            if (!told.TryGetValue(who, out var last) || last.At + NotOftener <= now)
            {
                due.Add(last is { More: > 0 } ? Counted(record, $"and {last.More} before") : record);
                told[who] = new Told(now, 0, record);
            }
            else
            {
                told[who] = last with { More = last.More + 1, Latest = record };
            }
            if (swept + NotOftener <= now)
            {
                swept = now;
                due.AddRange(new[] { nameless, attacks, named }.SelectMany(some => Sweep(some, now)));
            }
        }
        return due;
    }

    // Whoever has come no more: what was passed over of theirs is told, and they are forgotten.
    private static List<AuditRecord> Sweep(Dictionary<Who, Told> told, DateTimeOffset now)
    {
        var old = told.Where(one => one.Value.At + NotOftener <= now).ToList();
        foreach (var one in old)
            told.Remove(one.Key);
        return [.. old.Where(one => one.Value.More > 0).Select(one => one.Value.More == 1 ? one.Value.Latest : Counted(one.Value.Latest, $"and {one.Value.More - 1} before"))];
    }

    private static AuditRecord Counted(AuditRecord record, FormattableString more) => record with { Why = $"{record.Why} ({more.ToString(CultureInfo.InvariantCulture)})" };

    private sealed record Who(AuditAction Action, string Subject, string? From, string Kind, string? Why);

    private sealed record Told(DateTimeOffset At, int More, AuditRecord Latest);
}
