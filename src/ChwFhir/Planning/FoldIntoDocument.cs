using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>What the EHR does not take is not lost to its readers: the note document says everything, on every server in the same words.</summary>
internal static class FoldIntoDocument
{
    public static PlanStep Plan(MappedResource mapped, string why) => new(mapped.Key, mapped.Resource.TypeName, PlanVerb.Fold, why)
    {
        Identity = Identities.Text(mapped.Identity),
        FullUrl = mapped.FullUrl,
    };
}
