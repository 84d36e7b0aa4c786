namespace ChwFhir.Planning;

/// <summary>Something that an earlier edition of a note wrote, and that the note no longer says.</summary>
/// <param name="Known">As the EHR has it; null when it cannot be read.</param>
/// <param name="LongLived">Other visits may have spoken of it too.</param>
public sealed record Gone(string Key, string Type, string? Identity, string Reference, KnownResource? Known, bool LongLived)
{
    /// <summary>The document of the edition before: it is replaced, not wrong.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>It is of another document, which this note's replaces.</summary>
    public bool IsOfAnother => Earlier.Is(Key);
}
