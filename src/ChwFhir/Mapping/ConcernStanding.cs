using ChwFhir.Intake;

namespace ChwFhir.Mapping;

internal static class ConcernStanding
{
    /// <summary>Whether it is still a trouble today.</summary>
    internal static bool IsOpen(this Concern concern) => concern.Status is not (ConditionClinical.Resolved or ConditionClinical.Inactive or ConditionClinical.Remission);
}
