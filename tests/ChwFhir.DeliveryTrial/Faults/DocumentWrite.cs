namespace ChwFhir.DeliveryTrial.Faults;

/// <summary>One note document that the EHR took, as seen from between the service and the EHR.</summary>
/// <param name="NoteId">The caller's id, read from the document's last line.</param>
/// <param name="Began">When the request went on to the EHR.</param>
/// <param name="Ended">When the EHR had answered it.</param>
/// <param name="Fault">What befell it on the way.</param>
internal sealed record DocumentWrite(string NoteId, DateTimeOffset Began, DateTimeOffset Ended, Fault Fault);
