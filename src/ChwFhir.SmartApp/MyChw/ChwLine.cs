namespace ChwFhir.SmartApp.MyChw;

/// <summary>The CHW of a patient as the latest visit says it.</summary>
/// <param name="Reference"><c>Practitioner/x</c>; null where the note does not say it.</param>
/// <param name="ProgrammeEnd">As the note wrote it.</param>
public sealed record ChwLine(string? Name, string? Reference, string? Phone, string? Programme, string? ProgrammeStart, string? ProgrammeEnd, DateTimeOffset LastVisit);
