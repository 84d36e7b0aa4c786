using ChwFhir.Intake;

namespace ChwFhir;

/// <summary>What came of a person's decision.</summary>
public abstract record ResolveResult
{
    private ResolveResult() { }

    /// <summary>On disk; the note goes on by it.</summary>
    public sealed record Kept(NoteStatus Status) : ResolveResult;

    public sealed record NoSuchNote : ResolveResult;

    /// <summary>The note is being written at this moment.</summary>
    public sealed record BeingWritten : ResolveResult;

    /// <summary>Nothing about the note is open.</summary>
    public sealed record NothingOpen : ResolveResult;

    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : ResolveResult;
}
