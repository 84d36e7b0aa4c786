namespace ChwFhir.Queue;

/// <summary>What became of keeping a person's decision.</summary>
public enum Decided
{
    /// <summary>On disk; the note is tried again.</summary>
    Kept,

    /// <summary>The note has changed since it was looked at.</summary>
    Changed,

    /// <summary>It is being written at this moment.</summary>
    BeingWritten,
}
