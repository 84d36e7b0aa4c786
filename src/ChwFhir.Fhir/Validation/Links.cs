using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>What references point at, told from where the walk stands: <c>#</c> in the resource around it, everything else in the Bundle around that.</summary>
internal sealed class Links
{
    private Surroundings _here = new(new Container(null), null, null, null);

    /// <summary>The innermost Bundle; null when there is none.</summary>
    public Bundle? Bundle => _here.Entries?.Bundle;

    /// <summary>Whether what is being looked at is contained in another resource.</summary>
    public bool IsContained => _here.Contained is not null;

    /// <summary>Goes into a resource; give what comes back to <see cref="Leave"/>.</summary>
    /// <param name="owner">What it stands in: a resource that contains it, an entry, a parameter; null at the top.</param>
    public Surroundings Enter(Resource resource, Base? owner)
    {
        var before = _here;
        _here = owner is DomainResource
            ? before with { Contained = before.Contained ?? resource }
            : new Surroundings(new Container(resource as DomainResource), owner as Bundle.EntryComponent ?? before.Entry, before.Entries, null);
        if (resource is Bundle bundle)
            _here = _here with { Entries = new BundleLinks(bundle), Entry = null };

        return before;
    }

    public void Leave(Surroundings before) => _here = before;

    /// <summary>A reference or an address that begins with <c>#</c> was met.</summary>
    public void Saw(string reference)
    {
        if (reference != "#")
            _here.Around.Saw(reference);
        else if (_here.Contained is { } contained)
            _here.Around.SawFrom(contained);
    }

    public bool HasSeen(string id) => _here.Around.HasSeen("#" + id);

    /// <summary>Whether a contained resource points at the one that it is contained in (<c>#</c>).</summary>
    public bool HasSeenFrom(Resource contained) => _here.Around.HasSeenFrom(contained);

    /// <summary>The first resource contained around here that has an id; null for none.</summary>
    public Resource? Contained(string id) => _here.Around.Contained(id);

    /// <summary>The resource at which a reference points, when it stands in the same resource or Bundle, and only one does.</summary>
    public Link? Resolve(string reference) => reference switch
    {
        "" => null,
        "#" => _here.Around.It is { } container ? new Link(container, null) : null,
        ['#', ..] => _here.Around.Contained(reference.AsSpan(1)) is { } contained ? new Link(contained, _here.Around.It) : null,
        _ => _here.Entries?.Find(reference, _here.Entry),
    };

    /// <summary>Whether an entry of the Bundle has this address, be it one of several.</summary>
    public bool HasEntry(string address) => _here.Entries?.Has(address) == true;
}
