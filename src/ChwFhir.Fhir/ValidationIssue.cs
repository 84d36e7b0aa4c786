using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>Something that a resource does not keep to. No value of the resource is repeated.</summary>
/// <param name="Expression">Where, as FHIRPath: <c>Bundle.entry[3].resource.status</c>.</param>
/// <param name="Rule">What it comes from: the key of an invariant (<c>obs-6</c>), or what was looked at (<c>cardinality</c>, <c>binding</c>, <c>slicing</c>, …).</param>
/// <param name="Text">In plain words.</param>
/// <param name="Profile">The profile that asks for it; null for the specification itself.</param>
public sealed record ValidationIssue(
    OperationOutcome.IssueSeverity Severity, OperationOutcome.IssueType Code, string Expression, string Rule, string Text, string? Profile = null)
{
    /// <summary>The same place as JSON Pointer (RFC 6901), which names the type of a choice element; <c>""</c> for the whole.</summary>
    public string Pointer { get; init; } = "";
}
