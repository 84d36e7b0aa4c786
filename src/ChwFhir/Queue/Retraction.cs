namespace ChwFhir.Queue;

/// <summary>How the store took a retraction.</summary>
public abstract record Retraction
{
    private Retraction() { }

    /// <summary>On disk, now or before: what nobody has written is never written, what is written is taken back.</summary>
    public sealed record Accepted(StoredNote Note) : Retraction;

    /// <summary>The id that the note was to have for the right patient is taken by something else.</summary>
    public sealed record IdTaken : Retraction;

    public sealed record NoSuchNote : Retraction;
}
