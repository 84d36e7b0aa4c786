using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <param name="Merged">What the EHR should hold.</param>
/// <param name="Changed">Whether that differs from what it holds.</param>
/// <param name="Said">What to remember for the next merge.</param>
/// <param name="Older">Elements on which a newer visit has spoken: this one's words were left out.</param>
public sealed record MergeResult(Resource Merged, bool Changed, Said Said, IReadOnlyList<string> Older);
