using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A checked note to FHIR: pure. The same note, resolution and settings give the same resources, byte for byte.</summary>
public static class NoteMapper
{
    /// <param name="contentHash">SHA-256 of the note's canonical JSON, as the reader gives it; stands in the Provenance.</param>
    public static MappedNote Map(VisitNote note, string contentHash, ResolvedNote resolved, MappingOptions options) => throw new NotImplementedException();
}
