namespace ChwFhir.Intake.Screenings;

/// <summary>That something is missing, and what.</summary>
/// <param name="Domain">The concern that is proposed for it; null where none is.</param>
/// <param name="Text">Its words where the domain's own say too little.</param>
/// <param name="Codes">Codes that say it more exactly than the domain's.</param>
internal sealed record FormNeed(ConcernDomain? Domain, string? Text, IReadOnlyList<FormCode> Codes);
