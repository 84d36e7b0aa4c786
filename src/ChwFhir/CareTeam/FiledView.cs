namespace ChwFhir.CareTeam;

/// <summary>Somebody has filed their words to the chart.</summary>
/// <param name="Note">Id under <c>/visit-notes</c> of their way to it.</param>
public sealed record FiledView(string By, string Role, DateTimeOffset At, string Note);
