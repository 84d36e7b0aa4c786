namespace ChwFhir.Queue;

/// <summary>A note is to be taken back.</summary>
/// <param name="Reason"><c>entered-in-error</c> or <c>wrong-patient</c>.</param>
/// <param name="Anew">The same note for the right patient, under an id of its own; null when nobody named one.</param>
public sealed record IncomingRetraction(string Ehr, string Id, string Reason, IncomingNote? Anew);
