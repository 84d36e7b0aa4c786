namespace ChwFhir.Fhir.Model;

public partial class ResourceReference
{
    public ResourceReference()
    {
    }

    public ResourceReference(string? reference, string? display = null) => (Reference, Display) = (reference, display);

    /// <summary>Whether it points to a resource inside the same one (<c>#id</c>).</summary>
    public bool IsContainedReference => Reference is ['#', ..];
}
