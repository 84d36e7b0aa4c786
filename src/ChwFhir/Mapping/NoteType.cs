namespace ChwFhir.Mapping;

/// <summary>A document type that a site's note-filing accepts.</summary>
public sealed record NoteType
{
    public string System { get; init; } = "http://loinc.org";

    public required string Code { get; init; }

    public string? Display { get; init; }
}
