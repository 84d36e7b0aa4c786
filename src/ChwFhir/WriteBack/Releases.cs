using ChwFhir.Mapping;
using ChwFhir.Queue;

namespace ChwFhir.WriteBack;

/// <summary>What of a note's held parts counts as released. Pure.</summary>
internal static class Releases
{
    /// <param name="version">The content that is mapped: what was decided for a later one is none of its.</param>
    public static IReadOnlyList<ReleasedPart> Of(IReadOnlyList<HeldDecision> decisions, int version = int.MaxValue) =>
    [
        .. decisions.Where(decision => decision.Version <= version).GroupBy(decision => (decision.Key, decision.Mark)).Select(about => about.Last())
            .Where(last => last.IsReleased).Select(last => new ReleasedPart(last.Key, last.Mark)),
    ];
}
