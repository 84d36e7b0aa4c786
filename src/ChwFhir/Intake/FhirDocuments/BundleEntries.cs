using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>The resources of a Bundle by what refers to them, and those that the document's sections name.</summary>
internal sealed class BundleEntries
{
    private readonly Dictionary<string, (Resource Resource, int At)> _byName = new(StringComparer.Ordinal);
    private readonly List<(Resource Resource, string Pointer)> _used = [];
    private readonly HashSet<Resource> _taken = new(ReferenceEqualityComparer.Instance);

    public BundleEntries(Bundle bundle)
    {
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            if (bundle.Entry[i].Resource is not { } resource)
                continue;
            if (bundle.Entry[i].FullUrl is { } url)
                _byName.TryAdd(url, (resource, i));
            if (resource.Id is { Length: > 0 } id)
                _byName.TryAdd($"{resource.TypeName}/{id}", (resource, i));
        }
    }

    /// <summary>In the order in which the sections name them, each once.</summary>
    public IReadOnlyList<(Resource Resource, string Pointer)> Used => _used;

    public IEnumerable<T> All<T>() where T : Resource => _byName.Values.Select(entry => entry.Resource).OfType<T>().Distinct();

    public Resource? Find(ResourceReference? reference) => Entry(reference)?.Resource;

    public void Use(IReadOnlyList<ResourceReference> references)
    {
        for (var i = 0; i < references.Count; i++)
        {
            if (Entry(references[i]) is { } entry && _taken.Add(entry.Resource))
                _used.Add((entry.Resource, FormattableString.Invariant($"/entry/{entry.At}/resource")));
        }
    }

    private (Resource Resource, int At)? Entry(ResourceReference? reference)
    {
        if (reference?.Reference is not { Length: > 0 } text)
            return null;
        if (_byName.TryGetValue(text, out var found))
            return found;

        return FhirReference.TryParse(text, out var parsed) && _byName.TryGetValue($"{parsed.Type}/{parsed.Id}", out found) ? found : null;
    }
}
