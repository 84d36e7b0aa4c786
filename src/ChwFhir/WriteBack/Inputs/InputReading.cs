using ChwFhir.Intake;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>What became of the bytes of an input.</summary>
internal abstract record InputReading
{
    private InputReading() { }

    /// <param name="Issues">What somebody should look at; no reason to refuse.</param>
    public sealed record Read(Input Input, IReadOnlyList<NoteIssue> Issues) : InputReading;

    /// <summary>Not what it is said to be (400).</summary>
    public sealed record Unreadable(NoteFault Fault) : InputReading;

    /// <summary>Readable, but not an input of its kind (422).</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : InputReading;

    public sealed record TooLarge(long Limit) : InputReading;

    /// <summary>Not a form in which it is taken (415).</summary>
    public sealed record NotAForm : InputReading;
}
