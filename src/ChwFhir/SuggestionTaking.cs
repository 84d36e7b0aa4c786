using ChwFhir.Intake;

namespace ChwFhir;

/// <summary>What the service says to a person's word on a suggestion.</summary>
public abstract record SuggestionTaking
{
    private SuggestionTaking() { }

    /// <summary>Kept, or it had been said before.</summary>
    public sealed record Kept(NoteStatus Status) : SuggestionTaking;

    public sealed record NoSuchNote : SuggestionTaking;

    /// <summary>The note has no suggestion of this number, or says it no more.</summary>
    public sealed record NoSuchSuggestion : SuggestionTaking;

    /// <summary>Somebody has decided otherwise.</summary>
    /// <param name="State"><c>accepted</c> or <c>refused</c>.</param>
    public sealed record DecidedBefore(string State) : SuggestionTaking;

    /// <summary>The note was taken back.</summary>
    public sealed record Withdrawn : SuggestionTaking;

    /// <summary>The note keeps changing under our hands.</summary>
    public sealed record BeingChanged : SuggestionTaking;

    /// <summary>With the part the note would not be taken.</summary>
    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : SuggestionTaking;

    /// <summary>With the part the note would be too large.</summary>
    public sealed record TooLarge(long Limit) : SuggestionTaking;

    /// <summary>The store cannot take it now.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : SuggestionTaking;
}
