namespace ChwFhir.Queue;

/// <summary>The ids of EHRs that a connection has met. One that is new counts from the commit on, for it may be taken back.</summary>
internal sealed class KnownEhrs
{
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _met = new(StringComparer.Ordinal);

    public long? Find(string baseUrl) => _ids.TryGetValue(baseUrl, out var id) || _met.TryGetValue(baseUrl, out id) ? id : null;

    public long Meet(string baseUrl, long id) => _met[baseUrl] = id;

    /// <summary>Committed.</summary>
    public void Keep()
    {
        foreach (var (baseUrl, id) in _met) _ids[baseUrl] = id;
        _met.Clear();
    }

    /// <summary>Taken back.</summary>
    public void Forget() => _met.Clear();
}
