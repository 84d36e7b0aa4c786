namespace ChwFhir.Queue;

/// <summary>The payloads of a note; what its way has not reached yet is null.</summary>
/// <param name="Input">The bytes as they came.</param>
/// <param name="SentAs">What the caller said of them.</param>
/// <param name="Bundle">The mapped transaction Bundle before folding.</param>
/// <param name="HeldBundle">What the note holds back from the EHR, as FHIR.</param>
public sealed record NoteContent(
    string Kind, ReadOnlyMemory<byte> Input, SentAs SentAs, ReadOnlyMemory<byte>? Resolved, ReadOnlyMemory<byte>? Bundle, ReadOnlyMemory<byte>? HeldBundle, string? Document, ReadOnlyMemory<byte>? Plan);
