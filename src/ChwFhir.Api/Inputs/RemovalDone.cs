namespace ChwFhir.Api.Inputs;

/// <param name="Key">Of one of the note's <c>removals</c>.</param>
internal sealed record RemovalDone(string? Key);
