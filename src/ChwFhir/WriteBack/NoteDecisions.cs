using ChwFhir.Planning;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What people decided about a note: the last word on each resource counts, unless the EHR has shown that it cannot be.</summary>
internal sealed class NoteDecisions(IReadOnlyList<Decision> all)
{
    /// <summary>The chart itself, in place of a resource's key.</summary>
    public const string ChartKey = "patient";

    public const string Closed = "a person closed it unwritten";

    private readonly Dictionary<string, Decision> last = all.Where(decision => !decision.Void).GroupBy(decision => decision.Key).ToDictionary(group => group.Key, group => group.Last());

    public Decision? Chart => Of(ChartKey);

    public Decision? Encounter => Of(Planner.EncounterKey) is { Word: DecisionWord.UseEncounter } decision ? decision : null;

    /// <summary>Resources that a person found in the EHR.</summary>
    public IEnumerable<Decision> Found => last.Values.Where(decision => decision is { Word: DecisionWord.Written, Key: not ChartKey });

    public bool IsClosed(string key) => Of(key) is { Word: DecisionWord.CloseUnwritten };

    public IEnumerable<string> ClosedKeys => last.Keys.Where(IsClosed);

    /// <summary>Whether a person has said what is to become of a write that was begun then.</summary>
    public bool Settles(string key, DateTimeOffset intendedAt) => Of(key) is { Word: not DecisionWord.UseEncounter } decision && decision.At >= intendedAt;

    private Decision? Of(string key) => last.GetValueOrDefault(key);
}
