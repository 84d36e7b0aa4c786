namespace ChwFhir.Queue;

/// <summary>Something of a note that was retracted, or amended to hold something back, that stands in the EHR and that software cannot take out: the records office does, and somebody ticks it off.</summary>
public sealed record RemovalRow(string Key, string Type, string? Reference, string Why)
{
    /// <summary>The note's own id.</summary>
    public string NoteId { get; init; } = "";

    public string Patient { get; init; } = "";

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Null while it is still to be done.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }
}
