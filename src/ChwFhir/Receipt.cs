using ChwFhir.Intake;

namespace ChwFhir;

/// <summary>What the service says to a note that comes in.</summary>
public abstract record Receipt
{
    private Receipt() { }

    /// <summary>It is on disk and will be written back.</summary>
    public sealed record Accepted(NoteStatus Status) : Receipt;

    /// <summary>The same id with the same content was here before: nothing is written twice.</summary>
    public sealed record AlreadyHere(NoteStatus Status) : Receipt;

    /// <summary>The same id was here with other content.</summary>
    public sealed record Conflict : Receipt;

    /// <summary>A CHW says that somebody else has written it.</summary>
    public sealed record NotTheAuthor : Receipt;

    /// <summary>There is no note to amend.</summary>
    public sealed record NoSuchNote : Receipt;

    /// <summary>The note has changed since the caller looked.</summary>
    public sealed record Stale : Receipt;

    /// <summary>The note was taken back: it is not amended any more.</summary>
    public sealed record Withdrawn : Receipt;

    /// <summary>Not JSON, or not readable as such.</summary>
    public sealed record Unreadable(NoteFault Fault) : Receipt;

    /// <param name="Limit">Bytes that would have been taken.</param>
    public sealed record TooLarge(long Limit) : Receipt;

    /// <summary>Not a form in which it is taken.</summary>
    public sealed record NotAForm : Receipt;

    /// <summary>Readable but wrong: every fault at once.</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : Receipt;

    /// <summary>The store cannot take it now.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : Receipt;
}
