using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>A concern over the visits.</summary>
/// <param name="Key">What it is known by across them: <c>concern/food</c>.</param>
/// <param name="Points">What each visit said of it, oldest first.</param>
/// <param name="Reference">Its Condition in the EHR, where it has one.</param>
public sealed record NeedStory(string Key, Concern Last, string? Language, IReadOnlyList<NeedPoint> Points, string? Reference)
{
    public bool IsOpen => Last.Status is not (ConditionClinical.Resolved or ConditionClinical.Inactive or ConditionClinical.Remission);
}
