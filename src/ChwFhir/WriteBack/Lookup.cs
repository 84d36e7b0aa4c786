using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <summary>What came of asking the EHR for one resource.</summary>
internal abstract record Lookup<T> where T : Resource
{
    private Lookup() { }

    public sealed record Found(T Resource) : Lookup<T>;

    /// <param name="Answer">The answer to a read; null when it was a search that found nothing, or nothing was asked.</param>
    public sealed record Missing(FhirAnswer.Refused? Answer = null) : Lookup<T>;

    public sealed record Several(int Count) : Lookup<T>;

    /// <summary>A definite no that says something: a merged, restricted or deleted chart, or a type that is not served.</summary>
    public sealed record Refused(FhirAnswer.Refused Answer) : Lookup<T>;

    /// <summary>No usable answer: the endpoint's trouble, not the note's.</summary>
    public sealed record NoAnswer : Lookup<T>;
}
