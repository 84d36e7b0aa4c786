namespace ChwFhir;

/// <summary>What became of somebody's decision about a held part.</summary>
public abstract record HeldAnswer
{
    private HeldAnswer() { }

    /// <summary>It is on disk, or was decided so before.</summary>
    public sealed record Done(NoteStatus Status) : HeldAnswer;

    public sealed record NoSuchNote : HeldAnswer;

    /// <summary>There is none under this id, or none that the caller may know of; or its words are others by now.</summary>
    public sealed record NoSuchPart : HeldAnswer;

    /// <summary>Whoever may read it is not always who decides: of a patient under age a clinician has to.</summary>
    public sealed record ClinicianNeeded : HeldAnswer;

    /// <summary>A caregiver's own trouble comes into the chart by their own word alone.</summary>
    public sealed record CaregiverDecides : HeldAnswer;

    /// <summary>What was released has gone the way of every part; it is not taken back by this.</summary>
    public sealed record ReleasedBefore : HeldAnswer;

    public sealed record Withdrawn : HeldAnswer;

    /// <summary>Whose chart it is has not been said yet, or the note is being changed at this moment.</summary>
    public sealed record NotNow : HeldAnswer;

    public sealed record Busy(TimeSpan RetryAfter) : HeldAnswer;
}
