namespace ChwFhir.Intake;

public sealed record NoteConsent
{
    public required ConsentKind Kind { get; init; }
    public string? How { get; init; }
    public string? Date { get; init; }
    public bool? CostSharingExplained { get; init; }
    /// <summary>Id of the participant a <c>share-with-caregiver</c> consent is about.</summary>
    public string? With { get; init; }
}
