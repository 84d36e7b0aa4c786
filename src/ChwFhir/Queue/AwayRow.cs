namespace ChwFhir.Queue;

/// <summary>Somebody is not here for a time, and somebody else reads what is for them.</summary>
/// <param name="Who">Their reference, or the subject of their token.</param>
/// <param name="Roles">What they are here, in the words of <see cref="CareTeam.TeamRoles"/>.</param>
/// <param name="Until">The first moment at which they are back.</param>
public sealed record AwayRow(long Id, string Who, string Cover, IReadOnlyList<string> Roles, DateTimeOffset From, DateTimeOffset Until);
