namespace ChwFhir.Sandbox.Rest;

/// <summary>Where the server stands; known for certain once it listens.</summary>
internal sealed class ServerAddress
{
    public const string Path = "/api/FHIR/R4";

    public Uri Base { get; set; } = new("http://localhost" + Path);

    /// <summary>A path under the base, from an absolute address of this server or a relative one; null when it is somebody else's.</summary>
    public string? Local(string reference)
    {
        var root = Base.AbsoluteUri + "/";
        if (reference.StartsWith(root, StringComparison.Ordinal))
            return reference[root.Length..];
        return reference.Contains("://", StringComparison.Ordinal) || reference.StartsWith("urn:", StringComparison.Ordinal) || reference.StartsWith('#') ? null : reference;
    }
}
