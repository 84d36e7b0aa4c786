namespace ChwFhir.Mapping;

/// <summary>The keys of one note: a key that is taken gets <c>.2</c>, <c>.3</c> in the order of the note.</summary>
internal sealed class KeyBook
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    internal string Take(string key)
    {
        if (_taken.TryAdd(key, 1))
            return key;

        while (true)
        {
            var next = $"{key}.{++_taken[key]}";
            if (_taken.TryAdd(next, 1))
                return next;
        }
    }
}
