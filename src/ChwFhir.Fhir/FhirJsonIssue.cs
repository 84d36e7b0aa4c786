using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>Something odd in JSON that was read. <see cref="Line"/> and <see cref="Position"/> count from 1; no value of the JSON is repeated.</summary>
/// <param name="Path">Where, as <c>Bundle.entry[3].resource.birthDate</c>.</param>
/// <param name="Text">In plain words.</param>
public sealed record FhirJsonIssue(OperationOutcome.IssueSeverity Severity, string Path, FhirJsonIssueCode Code, string Text, int Line, int Position);
