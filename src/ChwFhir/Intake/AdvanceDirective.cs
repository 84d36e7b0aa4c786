namespace ChwFhir.Intake;

public sealed record AdvanceDirective
{
    public required DirectiveKind Kind { get; init; }
    public required DirectiveStatus Status { get; init; }
    public bool? Seen { get; init; }
    public string? Date { get; init; }
    public string? Where { get; init; }
    /// <summary>Id of an attachment that holds the document's bytes.</summary>
    public string? Copy { get; init; }
}
