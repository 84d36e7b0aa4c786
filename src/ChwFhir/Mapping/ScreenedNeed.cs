using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>An answer, or a score, that says that something is missing.</summary>
/// <param name="Said">The Observation that says it.</param>
internal sealed record ScreenedNeed(InstrumentForm Form, FormNeed Need, MappedResource Said, bool Held);
