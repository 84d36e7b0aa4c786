namespace ChwFhir.SmartApp.Patients;

/// <summary>A part of a page that comes after the page.</summary>
internal sealed record IsPart;
