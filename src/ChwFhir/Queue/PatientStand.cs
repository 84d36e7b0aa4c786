namespace ChwFhir.Queue;

/// <summary>How the notes of a patient stand: two that are the same say that nothing of any of them has changed between, nor which they are.</summary>
/// <param name="Which">Their numbers, each by its revision, together: another where one has gone to another patient and one has come.</param>
/// <param name="Revisions">Of all of them together.</param>
/// <param name="Latest">Number of the last that came.</param>
public sealed record PatientStand(long Notes, long Revisions, long Latest, long Which);
