using ChwFhir.DeliveryTrial.Counting;
using ChwFhir.DeliveryTrial.Faults;
using ChwFhir.DeliveryTrial.Service;

namespace ChwFhir.DeliveryTrial.Report;

/// <summary>One line of the table, and what explains it.</summary>
internal sealed record TrialResult(
    string Server, ITrialStore Kept, bool IsLenient, int Sent, int Accepted, Counted Counted, int Kills, int KillsOfDatabase, ProxyJournal Line, TimeSpan Took, ILookup<string, LedgerEntry> Ledger)
{
    private const double MayWait = .001;

    public string Store => Kept.Instances == 1 ? Kept.Name : $"{Kept.Name}, {Kept.Instances} instances";

    public int Faults => Line.Faults.Values.Sum();

    /// <summary>Why this line fails the trial; empty when it does not. Who waits for a person counts against the service only where the EHR can tell what it has.</summary>
    public IEnumerable<string> Failures()
    {
        foreach (var group in Counted.Violations.Where(violation => violation.What != "waiting").GroupBy(violation => violation.What))
            yield return $"{group.Count()} {group.Key}";
        if (IsLenient && Counted.Waiting >= Math.Max(1, MayWait * Accepted))
            yield return $"{Counted.Waiting} waiting for a person";
        if (Accepted != Sent)
            yield return $"{Sent - Accepted} never accepted";
    }
}
