namespace ChwFhir.Chart;

/// <summary>What this service knows of a patient of somebody's panel, for the list of all of them.</summary>
/// <param name="NextVisit">As it was planned: a date or a moment.</param>
/// <param name="OpenTasks">Steps that the CHW took on and that are not done.</param>
/// <param name="Unanswered">Messages of the caller's that wait for an answer.</param>
public sealed record PanelLine(string Patient, DateTimeOffset? LastVisit, string? NextVisit, int OpenTasks, int Unanswered, string? Programme, string? ProgrammeEnd);
