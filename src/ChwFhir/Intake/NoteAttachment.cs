namespace ChwFhir.Intake;

public sealed record NoteAttachment
{
    public required string Id { get; init; }
    public string? Title { get; init; }
    public required string ContentType { get; init; }
    public required ReadOnlyMemory<byte> Data { get; init; }
}
