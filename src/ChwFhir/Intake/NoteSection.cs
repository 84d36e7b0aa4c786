namespace ChwFhir.Intake;

public sealed record NoteSection
{
    public required string Title { get; init; }
    public required string Text { get; init; }
    public Hold? Hold { get; init; }
}
