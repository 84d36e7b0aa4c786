using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <param name="Merged">What the EHR should hold.</param>
/// <param name="Changed">Whether that differs from what it holds.</param>
/// <param name="Said">What to remember for the next merge.</param>
/// <param name="Older">Elements on which a newer visit has spoken: this one's words were left out.</param>
/// <param name="Clashes">Elements changed on both sides: the EHR's were kept.</param>
/// <param name="Reworded">A clinician's wording of a goal, now a note beside the patient's words; null where there is none.</param>
public sealed record MergeResult(Resource Merged, bool Changed, Said Said, IReadOnlyList<string> Older, IReadOnlyList<Clash> Clashes, string? Reworded = null);
