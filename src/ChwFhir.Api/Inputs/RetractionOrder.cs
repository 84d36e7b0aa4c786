using System.Text.Json.Nodes;

namespace ChwFhir.Api.Inputs;

/// <summary>Why a note is taken back.</summary>
/// <param name="Reason"><c>entered-in-error</c> or <c>wrong-patient</c>.</param>
/// <param name="RightPatient">With <c>wrong-patient</c>: whose note it is, as <c>patient</c> of a note (<c>reference</c> or <c>identifier</c>, and <c>check</c>); a reference alone may stand as text.</param>
internal sealed record RetractionOrder(string? Reason, JsonNode? RightPatient)
{
    public const string WrongPatient = "wrong-patient";
    public static readonly string[] Reasons = ["entered-in-error", WrongPatient];
}
