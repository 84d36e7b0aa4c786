namespace ChwFhir.DeliveryTrial.Service;

/// <summary>A note that the service says a person has to look at.</summary>
/// <param name="Unknown">Keys of which it cannot tell whether the EHR has them.</param>
/// <param name="Issues">Why it waits, as codes.</param>
internal sealed record Waiting(string NoteId, IReadOnlyList<string> Unknown, IReadOnlyList<string> Issues);
