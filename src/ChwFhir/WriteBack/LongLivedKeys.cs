using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>Long-lived parts are kept under the value of their identifier: <c>patient/programme/key</c>.</summary>
internal static class LongLivedKeys
{
    public static string Of(MappedResource resource) => resource.Identity.Value!;
}
