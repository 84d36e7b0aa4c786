using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>A resource in the form that this EHR takes it in.</summary>
/// <param name="SentAs">What is different from the mapping, in plain words; empty when nothing is.</param>
internal sealed record Form(Resource Resource, IReadOnlyList<string> SentAs)
{
    /// <summary>Why this EHR takes it in no form; null when it may be tried.</summary>
    public string? WhyNot { get; init; }

    public Form As(Resource resource, string words) => this with { Resource = resource, SentAs = [.. SentAs, words] };

    public Form Not(string why) => this with { WhyNot = why };
}
