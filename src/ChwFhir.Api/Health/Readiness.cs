namespace ChwFhir.Api.Health;

/// <param name="Status"><c>ok</c>, <c>degraded</c> (notes are taken, but the EHR does not answer) or <c>unavailable</c>.</param>
/// <param name="Store"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Ehr"><c>ok</c>, <c>unavailable</c> or <c>resting</c> (it failed too often in a row and is asked again later).</param>
internal sealed record Readiness(string Status, string Store, string Ehr);
