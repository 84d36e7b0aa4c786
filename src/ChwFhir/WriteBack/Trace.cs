using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>What a look for one resource of ours has shown.</summary>
/// <param name="Found">As the EHR has it; null when it was not found.</param>
/// <param name="Sure">Not found, in a complete search of a kind that was seen to return our own earlier writes of the type.</param>
internal sealed record Trace(MappedResource Wanted, Resource? Found, bool Sure)
{
    public string Key => Wanted.Key;
}
