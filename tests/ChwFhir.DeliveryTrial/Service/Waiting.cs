namespace ChwFhir.DeliveryTrial.Service;

/// <summary>A note that is not written: the service says that a person has to look at it, or that it is still under way.</summary>
/// <param name="Unknown">Keys of which it cannot tell whether the EHR has them.</param>
/// <param name="Issues">Why a person has to look, as codes.</param>
internal sealed record Waiting(string NoteId, IReadOnlyList<string> Unknown, IReadOnlyList<string> Issues);
