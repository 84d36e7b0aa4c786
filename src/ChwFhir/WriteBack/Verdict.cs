using ChwFhir.Fhir.Client;

namespace ChwFhir.WriteBack;

/// <summary>What an answer to a write means for the resource, its type, the note or the endpoint.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    /// <param name="WasThere">The server had it already: a conditional create that met ours.</param>
    public sealed record Written(FhirLocation Place, bool WasThere) : Verdict;

    /// <summary>Somebody wrote in between: read again.</summary>
    public sealed record Changed : Verdict;

    /// <summary>The EHR has several of what must be one: a person decides.</summary>
    public sealed record Duplicates : Verdict;

    /// <summary>This one resource is not taken.</summary>
    /// <param name="Elements">What of it the refusal names: another form may be taken.</param>
    public sealed record NotThis(string Reason, IReadOnlyList<string> Elements) : Verdict;

    /// <summary>The EHR says that it has this already, without saying where.</summary>
    public sealed record There(string How) : Verdict;

    /// <summary>The EHR takes nothing of the kind.</summary>
    public sealed record NotTaken(string Reason) : Verdict;

    /// <summary>The chart or the user is the matter.</summary>
    public sealed record Person(string Word, string Detail) : Verdict;

    /// <summary>Surely not done, for a reason that has nothing to do with the note.</summary>
    public sealed record Endpoint(string Why) : Verdict;

    /// <summary>May have been done.</summary>
    public sealed record Unknown(string Why) : Verdict;
}
