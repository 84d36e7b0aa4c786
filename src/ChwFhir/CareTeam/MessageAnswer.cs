using ChwFhir.Intake;

namespace ChwFhir.CareTeam;

/// <summary>What the service says to somebody who does something with a message.</summary>
public abstract record MessageAnswer
{
    private MessageAnswer() { }

    /// <param name="WasHere">The same was done before; nothing was done twice.</param>
    public sealed record Done(MessageView Message, bool WasHere = false) : MessageAnswer;

    /// <summary>There is none, or none that is this caller's to see.</summary>
    /// <param name="Patient">For the audit log alone: there is one, of this patient.</param>
    public sealed record NotFound(string? Patient = null) : MessageAnswer;

    public sealed record NotAllowed(string Code, string Detail) : MessageAnswer;

    /// <summary>Somebody was faster, or it is over.</summary>
    public sealed record Conflict(string Code, string Detail) : MessageAnswer;

    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : MessageAnswer;

    public sealed record Unreadable(NoteFault Fault) : MessageAnswer;

    public sealed record Busy(TimeSpan RetryAfter) : MessageAnswer;
}
