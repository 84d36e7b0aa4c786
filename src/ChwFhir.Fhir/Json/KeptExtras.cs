namespace ChwFhir.Fhir.Model;

/// <summary>Ids and extensions of one primitive member; of a repeating one, an entry a value.</summary>
internal sealed class KeptExtras(string name)
{
    private readonly List<PrimitiveExtras?> _items = [];

    public string Name { get; } = name;

    public bool IsList { get; set; }

    /// <summary>Whether the member stood in what was read, be it with nothing in it.</summary>
    public bool WasRead { get; set; }

    public IReadOnlyList<PrimitiveExtras?> Items => _items;

    public bool HasAny => _items.Exists(item => item is not null && !item.IsEmpty);

    public bool HasAt(int index) => index < _items.Count && _items[index] is { IsEmpty: false };

    public void Add(PrimitiveExtras? item) => _items.Add(item);

    /// <summary>The entry for one value, made when it is not there.</summary>
    public PrimitiveExtras At(int index)
    {
        while (_items.Count <= index)
            _items.Add(null);

        return _items[index] ??= new PrimitiveExtras();
    }

    public void WriteTo(Utf8JsonWriter to)
    {
        if (!HasAny && !WasRead)
            return;

        to.WritePropertyName("_" + Name);
        if (IsList)
            to.WriteStartArray();
        foreach (var item in _items)
        {
            if (item is null || (IsList && item.IsEmpty))
                to.WriteNullValue();
            else
                item.WriteTo(to);
        }

        if (IsList)
            to.WriteEndArray();
    }

    public KeptExtras Copy()
    {
        var copy = new KeptExtras(Name) { IsList = IsList, WasRead = WasRead };
        copy._items.AddRange(_items.ConvertAll(item => (PrimitiveExtras?)item?.DeepCopy()));

        return copy;
    }
}
