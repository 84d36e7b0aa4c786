namespace ChwFhir.Sandbox.Store;

internal sealed record StoredResource(string Type, string Id, int Version, DateTimeOffset Updated, bool Deleted, string Json)
{
    /// <summary>The patient whose chart it belongs to.</summary>
    public string? Patient { get; init; }

    /// <summary>Taken, but kept from the chart until a clinician reconciles it.</summary>
    public bool Held { get; init; }

    /// <summary>A patient whose chart is closed to this server's callers (<c>meta.security</c> R or V).</summary>
    public bool Restricted { get; init; }

    /// <summary>Written just now where nothing (or a deleted resource) stood.</summary>
    public bool IsNew { get; init; }

    public string ETag => $"W/\"{Version}\"";
    public string Reference => $"{Type}/{Id}";
}
