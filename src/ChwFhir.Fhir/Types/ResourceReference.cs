namespace ChwFhir.Fhir.Model;

public partial class ResourceReference
{
    public ResourceReference()
    {
    }

    /// <summary>What is only named goes without: <c>new() { Display = … }</c>.</summary>
    public ResourceReference(string reference, string? display = null) => (Reference, Display) = (reference, display);

    /// <summary>Where it points; null when it is no address.</summary>
    public Uri? Url
    {
        get => Reference is not null && Uri.TryCreate(Reference, UriKind.RelativeOrAbsolute, out var url) ? url : null;
        set => Reference = value?.OriginalString;
    }

    /// <summary>Whether it points to a resource inside the same one (<c>#id</c>).</summary>
    public bool IsContainedReference => Reference is ['#', ..];
}
