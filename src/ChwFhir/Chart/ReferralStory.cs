using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>A referral over the visits.</summary>
/// <param name="Reference">Its ServiceRequest in the EHR, where it has one; <paramref name="Task"/> the Task that is worked on.</param>
public sealed record ReferralStory(string Key, Referral Last, string? Language, IReadOnlyList<ReferralPoint> Points, string? Reference, string? Task)
{
    public bool IsOpen => Last.Status is not (ReferralStatus.Completed or ReferralStatus.Cancelled or ReferralStatus.Rejected or ReferralStatus.Failed);
}
