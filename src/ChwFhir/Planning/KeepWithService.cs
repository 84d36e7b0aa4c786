using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>What no document may or can say stays with the service: held back from the family, or the EHR takes no document.</summary>
internal static class KeepWithService
{
    public const string Held = "held back from the chart; the app shows it to those it is for";

    public static PlanStep Plan(MappedResource mapped, string why) => new(mapped.Key, mapped.Resource.TypeName, PlanVerb.Keep, why)
    {
        Identity = Identities.Text(mapped.Identity),
        FullUrl = mapped.FullUrl,
    };

    /// <summary>Without a document there is nothing to fold into.</summary>
    public static PlanStep InsteadOfFolding(PlanStep step) =>
        step.Will == PlanVerb.Fold ? step with { Will = PlanVerb.Keep, Why = $"{step.Why}, and no note document either" } : step;
}
