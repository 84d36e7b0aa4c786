namespace ChwFhir.Api.Patients;

/// <param name="Next">Cursor of the following page, to be given in the body; null on the last.</param>
internal sealed record FoundPatients(IReadOnlyList<FoundPatient> Items, string? Next);
