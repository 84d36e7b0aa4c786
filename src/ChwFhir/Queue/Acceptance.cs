namespace ChwFhir.Queue;

/// <summary>How the store took an input.</summary>
public abstract record Acceptance
{
    private Acceptance(StoredNote note) => Note = note;

    public StoredNote Note { get; }

    /// <summary>New, and on disk.</summary>
    public sealed record Accepted(StoredNote Stored) : Acceptance(Stored);

    /// <summary>The same id with the same content was here before; nothing changed.</summary>
    public sealed record AlreadyHere(StoredNote Stored) : Acceptance(Stored);

    /// <summary>The id is taken by another content; nothing changed.</summary>
    public sealed record Different(StoredNote Stored) : Acceptance(Stored);
}
