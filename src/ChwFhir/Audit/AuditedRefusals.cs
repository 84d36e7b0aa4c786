using System.Globalization;

namespace ChwFhir.Audit;

/// <summary>
/// Refusals that may come by the thousand (requests beyond a limit, addresses that are not spoken to): one record a minute for each who and what, and how many
/// more there were stands in the next. Nobody waits for it.
/// </summary>
public sealed class AuditedRefusals(AuditLog log, TimeProvider clock)
{
    // Beyond so many different ones at a time somebody makes them up: they share one.
    private const int Most = 1000;
    private static readonly TimeSpan NotOftener = TimeSpan.FromMinutes(1);
    private static readonly (string, string, string?) Others = ("", "", null);
    private readonly Dictionary<(string, string, string?), (DateTimeOffset At, int More)> told = [];
    private readonly Lock door = new();

    public async Task RecordAsync(AuditRecord record)
    {
        if (Due(record) is { } more)
            await log.AppendSoonAsync(more == 0 ? record : record with { Why = string.Create(CultureInfo.InvariantCulture, $"{record.Why} (and {more} before)") }).ConfigureAwait(false);
    }

    // How many were passed over since the last record; null while it is too soon for another.
    private int? Due(AuditRecord record)
    {
        var now = clock.GetUtcNow();
        var key = (record.Subject == AuditRecord.Anonymous ? $"{record.Subject} {record.From}" : record.Subject, record.Kind, record.Why);
        lock (door)
        {
            if (!told.ContainsKey(key) && told.Count >= Most)
            {
                foreach (var old in told.Where(one => one.Value.At + NotOftener <= now && one.Value.More == 0).Select(one => one.Key).ToList())
                    told.Remove(old);
                if (told.Count >= Most)
                    key = Others;
            }
            var known = told.TryGetValue(key, out var last);
            if (known && now < last.At + NotOftener)
            {
                told[key] = last with { More = last.More + 1 };
                return null;
            }
            told[key] = (now, 0);
            return last.More;
        }
    }
}
