using ChwFhir.CareTeam;
using ChwFhir.Chart;

namespace ChwFhir.SmartApp.Plan;

/// <summary>Needs, goals and referrals as the visits tell them, with what the care team says.</summary>
/// <param name="Said">What became of what somebody just said; null when nothing was.</param>
public sealed record PlanTold(IReadOnlyList<NeedStory> Needs, IReadOnlyList<GoalStory> Goals, IReadOnlyList<ReferralStory> Referrals, ConcernStanding Standing, ConcernAnswer? Said)
{
    public bool IsEmpty => Needs.Count == 0 && Goals.Count == 0 && Referrals.Count == 0;

    /// <summary>Open ones that nobody has set aside.</summary>
    public IReadOnlyList<NeedStory> OpenNeeds => [.. Needs.Where(IsOpen)];

    /// <summary>What is over, and what was set aside.</summary>
    public IReadOnlyList<NeedStory> PastNeeds => [.. Needs.Where(need => !IsOpen(need))];

    private bool IsOpen(NeedStory need) => need.IsOpen && Standing.Of(need.Key) is not { Word: ConcernDesk.SetAside };
}
