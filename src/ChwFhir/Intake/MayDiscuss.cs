namespace ChwFhir.Intake;

/// <summary>Whether the patient agreed that this person may be spoken to about their care.</summary>
public enum MayDiscuss { Yes, No, Unknown }
