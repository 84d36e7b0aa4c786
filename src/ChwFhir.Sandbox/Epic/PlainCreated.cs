using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>A create answers with a relative Location, no version, no ETag, and a body only for who asks.</summary>
internal static class PlainCreated
{
    public static FhirAnswer Answer(StoredResource stored, string? wanted) => new(201, wanted == "representation" ? EpicView.Of(stored).Text() : null)
    {
        Location = stored.Reference
    };
}
