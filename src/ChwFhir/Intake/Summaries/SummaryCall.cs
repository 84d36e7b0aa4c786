namespace ChwFhir.Intake.Summaries;

/// <summary>A document as it was handed in: its bytes, what they are said to be, and what the call says beside them.</summary>
/// <param name="ContentType">Media type with its parameters (<c>charset</c>) as sent.</param>
/// <param name="Patient">Header <c>X-Chw-Patient</c>.</param>
/// <param name="Encounter">Header <c>X-Chw-Encounter</c>.</param>
/// <param name="DocumentId">Header <c>X-Chw-Document-Id</c>.</param>
public sealed record SummaryCall(ReadOnlyMemory<byte> Body, string ContentType, string? Patient = null, string? Encounter = null, string? DocumentId = null);
