namespace ChwFhir.Intake;

public sealed record NoteAuthor : PersonRef
{
    public string? Name { get; init; }
    public string? Phone { get; init; }
}
