using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>A site whose clinicians sign what a CHW writes: the document goes in as preliminary.</summary>
internal static class DraftFiling
{
    public static Resource Apply(Resource resource, PlanningOptions options)
    {
        if (options.File != "draft" || resource is not DocumentReference document)
            return resource;

        var draft = (DocumentReference)document.DeepCopy();
        draft.DocStatus = CompositionStatus.Preliminary;
        return draft;
    }
}
