using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>What references inside one resource or Bundle point at.</summary>
internal sealed class Links
{
    private Dictionary<string, Resource>? _byUrl;
    private DomainResource? _container;
    private HashSet<string>? _seen;
    private Dictionary<string, Resource>? _contained;

    /// <summary>The Bundle at the top; null for a resource by itself.</summary>
    public Bundle? Root { get; set; }

    /// <summary>Whether what is being looked at stands inside another resource.</summary>
    public bool IsContained { get; private set; }

    /// <summary>Goes into a resource of a Bundle, or into a contained one; give what comes back to <see cref="Leave"/>.</summary>
    public bool Enter(Resource resource, bool contained)
    {
        var before = IsContained;
        IsContained = contained || before;

        return before;
    }

    public void Leave(bool before) => IsContained = before;

    /// <summary>Begins a resource that may contain others.</summary>
    public void Begin(DomainResource container)
    {
        _container = container;
        _seen = null;
        _contained = null;
    }

    public void Saw(string reference) => (_seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(reference);

    public bool HasSeen(string id) => _seen?.Contains($"#{id}") == true;

    /// <summary>Whether something points at the resource itself (<c>#</c>).</summary>
    public bool HasSeenContainer => _seen?.Contains("#") == true;

    /// <summary>The resource at which a reference points, when it stands in the same resource or Bundle.</summary>
    public Resource? Resolve(string reference)
    {
        if (reference.Length == 0)
            return null;
        if (reference[0] == '#')
            return reference.Length == 1 ? _container : Contained(reference.AsSpan(1));
        if (Root is null)
            return null;

        return (_byUrl ??= ByUrl(Root)).GetValueOrDefault(reference);
    }

    private Resource? Contained(ReadOnlySpan<char> id) =>
        (_contained ??= ById(_container)).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var resource) ? resource : null;

    private static Dictionary<string, Resource> ById(DomainResource? container)
    {
        var byId = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var resource in container?.At(5) as List<Resource> ?? [])
        {
            if (resource.Id is { } id)
                byId.TryAdd(id, resource);
        }

        return byId;
    }

    private static Dictionary<string, Resource> ByUrl(Bundle bundle)
    {
        var byUrl = new Dictionary<string, Resource>(bundle.Entry.Count * 2);
        foreach (var entry in bundle.Entry)
        {
            if (entry.Resource is not { } resource)
                continue;
            if (entry.FullUrl is { } url)
                byUrl.TryAdd(url, resource);
            if (resource.Id is { } id)
                byUrl.TryAdd($"{resource.TypeName}/{id}", resource);
        }

        return byUrl;
    }
}
