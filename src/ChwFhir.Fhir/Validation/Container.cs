using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>A resource that may contain others, and what was met inside it that points at these.</summary>
internal sealed class Container(DomainResource? it)
{
    private HashSet<string>? _seen;
    private HashSet<Resource>? _pointers;
    private Dictionary<string, Resource>? _contained;

    public DomainResource? It { get; } = it;

    public void Saw(string reference) => (_seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(reference);

    public bool HasSeen(string reference) => _seen?.Contains(reference) == true;

    public void SawFrom(Resource contained) => (_pointers ??= new HashSet<Resource>(ReferenceEqualityComparer.Instance)).Add(contained);

    public bool HasSeenFrom(Resource contained) => _pointers?.Contains(contained) == true;

    public Resource? Contained(ReadOnlySpan<char> id) =>
        (_contained ??= ById()).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var resource) ? resource : null;

    private Dictionary<string, Resource> ById()
    {
        var byId = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var resource in It?.At(5) as List<Resource> ?? [])
        {
            if (resource.Id is { } id)
                byId.TryAdd(id, resource);
        }

        return byId;
    }
}
