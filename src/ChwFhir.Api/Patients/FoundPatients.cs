namespace ChwFhir.Api.Patients;

/// <param name="Next">Cursor of the following page, to be given in the body; null on the last.</param>
/// <param name="Withheld">Somebody who was found is not shown to this caller.</param>
internal sealed record FoundPatients(IReadOnlyList<FoundPatient> Items, string? Next, bool Withheld = false);
