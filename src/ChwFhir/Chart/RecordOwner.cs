namespace ChwFhir.Chart;

/// <summary>Whose a resource is, by its id alone: nothing of it may be shown before that was asked.</summary>
/// <param name="Patient"><c>Patient/…</c></param>
/// <param name="IsWithdrawn">Its note was taken back.</param>
/// <param name="IsOnItsWay">Its note has not become FHIR yet, or is being changed.</param>
public sealed record RecordOwner(string Patient, bool IsWithdrawn, bool IsOnItsWay);
