namespace ChwFhir.Queue;

/// <summary>One resource of a note as its status shows it.</summary>
/// <param name="Reference">Where its content stands in the EHR: its own reference, or the document that it was folded into.</param>
/// <param name="How">One sentence for people: <c>created</c>, or why it was folded.</param>
/// <param name="Identity">The identifier that the service gave it, <c>system|value</c>.</param>
public sealed record ResourceRow(string Key, string Type, ResourceState State, string? Reference, string? Version, string? How, string? Identity)
{
    /// <summary>Stands in the key of what an edition told openly and the note holds back since; no key of a part has it.</summary>
    public const char HeldSince = '@';

    /// <summary>Whether it is of a part that is held back since the note was amended.</summary>
    public bool IsHeldSince => Key.Contains(HeldSince);

    /// <summary>Which edition of the note it was last written with: one before the note's own is to be brought up to date.</summary>
    public int Edition { get; init; } = 1;
}
