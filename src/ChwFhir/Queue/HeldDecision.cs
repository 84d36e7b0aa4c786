namespace ChwFhir.Queue;

/// <summary>What a person decided about a held part of a note.</summary>
/// <param name="Key">The part, and <paramref name="Mark"/> its words: an amended part is none that was decided about.</param>
/// <param name="By">Who, as people call them.</param>
/// <param name="Role">In which role: a word of <see cref="Access.Role"/>.</param>
public sealed record HeldDecision(string Key, string Mark, bool IsReleased, string Reason, string By, string Role)
{
    /// <summary>The first content of the note that is written by it.</summary>
    public int Version { get; init; }

    public DateTimeOffset At { get; init; }
}
