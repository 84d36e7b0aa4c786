using ChwFhir.Intake;

namespace ChwFhir;

/// <summary>What the service says to a retraction.</summary>
public abstract record Withdrawal
{
    private Withdrawal() { }

    /// <summary>On disk: what is not written never is, what is written is taken back. Asked again, it is the same answer.</summary>
    public sealed record Accepted(NoteStatus Status) : Withdrawal;

    public sealed record NoSuchNote : Withdrawal;

    /// <summary>Another note has the id that this one was to have for the right patient.</summary>
    public sealed record IdTaken : Withdrawal;

    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : Withdrawal;

    /// <summary>The store cannot take it now.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : Withdrawal;
}
