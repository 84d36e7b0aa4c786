namespace ChwFhir;

/// <summary>A person's decision on one resource of a note.</summary>
/// <param name="Key">The resource's key in the note's status; <c>encounter</c> or <c>patient</c> where the encounter or the chart is to be decided.</param>
/// <param name="Decision"><c>written</c>, <c>send-again</c>, <c>close-unwritten</c> or <c>use-encounter</c>.</param>
/// <param name="Reference">Where the EHR has it, for <c>written</c>; for the key <c>patient</c> the surviving chart.</param>
/// <param name="Encounter">For <c>use-encounter</c>.</param>
/// <param name="Reason">For the record; needed for <c>close-unwritten</c>.</param>
public sealed record NoteDecision(string? Key, string? Decision, string? Reference = null, string? Encounter = null, string? Reason = null);
