namespace ChwFhir.SmartApp.Chart;

/// <summary>A patient of somebody's panel.</summary>
/// <param name="Name">Null when the EHR does not answer, or the chart is withheld from who looks.</param>
public sealed record PatientLine(string Patient, string? Name, string? Born, DateTimeOffset? LastVisit);
