namespace ChwFhir.SmartApp.MyChw;

/// <summary>Who a CHW is and what may be expected of them. What nobody said is null or empty, and the page says so.</summary>
/// <param name="Reach">When and how they are reached, in the words of the programme or of the chart.</param>
public sealed record ChwCard(
    string? Name, string? Reference, bool HasPhoto, string? Programme, string? ProgrammeStart, string? ProgrammeEnd, string? Organization, IReadOnlyList<string> Languages, IReadOnlyList<string> Phones, IReadOnlyList<string> Reach,
    string? Supervisor, string? SupervisorPhone, DateTimeOffset? LastVisit);
