using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Security labels: what was marked as restricted stays so, in each part that it became.</summary>
internal static class Labels
{
    internal static void Put(FhirDraft draft, IEnumerable<Coding> labels)
    {
        List<Coding> all = [.. labels];
        if (all.Count == 0)
            return;

        foreach (var mapped in draft.Resources.Concat(draft.Held))
        {
            var meta = mapped.Resource.Meta ??= new Meta();
            meta.Security.AddRange(all.Select(label => (Coding)label.DeepCopy()));
        }
    }
}
