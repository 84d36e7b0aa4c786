namespace ChwFhir.Fhir.Model;

/// <summary>References to resources. An extension, so that it stands beside Firely's model too.</summary>
public static class References
{
    /// <summary>A relative reference, <c>Patient/123</c>.</summary>
    /// <exception cref="InvalidOperationException">The resource has no id, so nothing can point to it.</exception>
    public static ResourceReference ToReference(this Resource resource, string? display = null) =>
        resource.Id is null or ""
            ? throw new InvalidOperationException($"A {resource.TypeName} without id cannot be referred to.")
            : new ResourceReference($"{resource.TypeName}/{resource.Id}", display);
}
