namespace ChwFhir.Api.Patients;

internal sealed record FoundIdentifier(string? System, string Value);
