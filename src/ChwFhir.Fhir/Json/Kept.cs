namespace ChwFhir.Fhir.Model;

/// <summary>What one object was read with and its .NET values cannot give back. Made only when there is such a thing.</summary>
internal sealed class Kept
{
    // A few are found as fast without looking up; whoever sends a hundred thousand stalls nobody.
    private const int Few = 32;

    private readonly List<KeptMember> _unknown = [];
    private readonly List<KeptOriginal> _originals = [];
    private readonly List<KeptExtras> _extras = [];
    private HashSet<string>? _unknownNames;
    private HashSet<string>? _originalNames;
    private Dictionary<(string Name, int Index), int>? _originalPlaces;

    /// <summary>The JSON of the whole object when it was no object: what stood in a list where one belongs.</summary>
    public byte[]? Whole { get; set; }

    public bool HasUnknown => _unknown.Count > 0;

    /// <summary>The names of the members that the type does not know.</summary>
    public IEnumerable<string> UnknownNames => _unknown.Select(member => member.Name);

    /// <summary>Known members that were written in a way of their own, with what was made of them.</summary>
    public IEnumerable<(string Name, int Index, byte[] Json, object? Value)> Originals => _originals.Select(original => (original.Name, original.Index, original.Json, original.Value));

    public IReadOnlyList<KeptExtras> AllExtras => _extras;

    /// <summary>Whether anything at all stands there for a member whose value is null.</summary>
    public bool Has(string name) =>
        (_originalNames?.Contains(name) ?? _originals.Exists(original => original.Name == name)) || _extras.Exists(extras => extras.Name == name && extras.HasAny);

    /// <summary>Whether anything else than the value of that name is kept.</summary>
    public bool HasMoreThan(string name) => _extras.Count > 0 || _originals.Exists(original => original.Name != name);

    /// <summary>The same of one item of a list.</summary>
    public bool Has(string name, int index) => Place(name, index) >= 0 || _extras.Exists(extras => extras.Name == name && extras.HasAt(index));

    /// <summary>A member that the type does not know. False when one of that name is there already.</summary>
    public bool AddUnknown(string name, byte[] json)
    {
        if (_unknownNames is null ? _unknown.Exists(member => member.Name == name) : !_unknownNames.Add(name))
            return false;
        _unknown.Add(new KeptMember(name, json));
        if (_unknown.Count == Few)
            _unknownNames = [.. UnknownNames];

        return true;
    }

    /// <summary>How a known member was written, to be written again as long as its value stays what was made of it.</summary>
    public void AddOriginal(string name, int index, byte[] json, object? value)
    {
        _originals.Add(new KeptOriginal(name, index, json, value));
        if (_originals.Count == Few)
            (_originalNames, _originalPlaces) = ([], []);
        for (var at = _originals.Count == Few ? 0 : _originals.Count - 1; _originalPlaces is not null && at < _originals.Count; at++)
        {
            _originalNames!.Add(_originals[at].Name);
            _originalPlaces.TryAdd((_originals[at].Name, _originals[at].Index), at);
        }
    }

    public byte[]? Original(string name, int index, object? value)
    {
        if (Place(name, index) is not (var place and >= 0))
            return null;

        var original = _originals[place];

        return Equals(original.Value, value) || original.Value is byte[] read && value is byte[] now && read.AsSpan().SequenceEqual(now) ? original.Json : null;
    }

    /// <summary>Ids and extensions of a primitive member: the <c>_name</c> beside <c>name</c>.</summary>
    public KeptExtras Extras(string name)
    {
        var extras = _extras.Find(one => one.Name == name);
        if (extras is null)
            _extras.Add(extras = new KeptExtras(name));

        return extras;
    }

    public void WriteExtras(Utf8JsonWriter to, string name)
    {
        foreach (var extras in _extras)
        {
            if (extras.Name == name)
                extras.WriteTo(to);
        }
    }

    public void WriteUnknown(Utf8JsonWriter to)
    {
        foreach (var member in _unknown)
        {
            to.WritePropertyName(member.Name);
            RawJson.Write(to, member.Json);
        }
    }

    public Kept Copy()
    {
        var copy = new Kept { Whole = Whole };
        copy._unknown.AddRange(_unknown);
        foreach (var original in _originals)
            copy.AddOriginal(original.Name, original.Index, original.Json, original.Value);
        copy._extras.AddRange(_extras.ConvertAll(extras => extras.Copy()));

        return copy;
    }

    private int Place(string name, int index) => _originalPlaces is null
        ? _originals.FindIndex(original => original.Index == index && original.Name == name)
        : _originalPlaces.GetValueOrDefault((name, index), -1);

    private readonly record struct KeptMember(string Name, byte[] Json);

    private readonly record struct KeptOriginal(string Name, int Index, byte[] Json, object? Value);
}
