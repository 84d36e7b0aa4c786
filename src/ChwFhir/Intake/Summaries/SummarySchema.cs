using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Summaries;

/// <summary>The JSON Schema of the after-visit summary. It is made from the same description that <see cref="JsonSummaryReader"/> reads by.</summary>
public static class SummarySchema
{
    public const string Id = "urn:chwfhir:schema:after-visit-summary:1";

    /// <summary>The schema as JSON text.</summary>
    public static string Json { get; } = ContractSchema.Write(
        Id, "After-visit summary", "What a patient was given to take home after a visit to a clinic, schema version 1. The patient stands here or in the header X-Chw-Patient.",
        SummaryParts.Shape.Schema(), SummaryRules.Schema());
}
