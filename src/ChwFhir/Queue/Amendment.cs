namespace ChwFhir.Queue;

/// <summary>How the store took an amendment.</summary>
public abstract record Amendment
{
    private Amendment() { }

    /// <summary>On disk; the worker makes it the note's content before it writes anything else.</summary>
    public sealed record Accepted(StoredNote Note) : Amendment;

    /// <summary>The note says this already; nothing changed.</summary>
    public sealed record AlreadyHere(StoredNote Note) : Amendment;

    /// <summary>The note has changed since the caller looked.</summary>
    public sealed record Stale : Amendment;

    /// <summary>The note was taken back.</summary>
    public sealed record Retracted : Amendment;

    public sealed record NoSuchNote : Amendment;
}
