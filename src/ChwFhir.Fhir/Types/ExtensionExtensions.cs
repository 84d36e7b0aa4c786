namespace ChwFhir.Fhir.Model;

/// <summary>Extensions by their url.</summary>
public static class ExtensionExtensions
{
    public static Extension? GetExtension(this IExtendable owner, string url) => owner.Extension.Find(extension => extension.Url == url);

    public static IEnumerable<Extension> GetExtensions(this IExtendable owner, string url) => owner.Extension.Where(extension => extension.Url == url);

    public static T? GetExtensionValue<T>(this IExtendable owner, string url)
        where T : DataType =>
        owner.GetExtension(url)?.Value as T;

    public static string? GetStringExtension(this IExtendable owner, string url) => owner.GetExtensionValue<FhirString>(url)?.Value;

    public static Extension AddExtension(this IExtendable owner, string url, DataType value)
    {
        var extension = new Extension(url, value);
        owner.Extension.Add(extension);

        return extension;
    }

    /// <summary>Puts the value in place of every extension with that url.</summary>
    public static Extension SetExtension(this IExtendable owner, string url, DataType value)
    {
        owner.RemoveExtension(url);

        return owner.AddExtension(url, value);
    }

    public static void SetStringExtension(this IExtendable owner, string url, string? value)
    {
        owner.RemoveExtension(url);
        if (value is not null)
            owner.AddExtension(url, new FhirString(value));
    }

    public static void RemoveExtension(this IExtendable owner, string url) => owner.Extension.RemoveAll(extension => extension.Url == url);
}
