using ChwFhir.Intake.Parts;
using ChwFhir.Intake.Rules;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake;

/// <summary>The JSON Schema of the visit note. It is made from the same description that <see cref="VisitNoteReader"/> reads by.</summary>
public static class VisitNoteSchema
{
    public const string Id = "urn:chwfhir:schema:visit-note:1";

    /// <summary>The schema as JSON text.</summary>
    public static string Json { get; } = ContractSchema.Write(
        Id, "Visit note", "A community health worker's note of one visit, schema version 1.", VisitNotePart.Shape.Schema(), SomethingIsSaid.Schema());
}
