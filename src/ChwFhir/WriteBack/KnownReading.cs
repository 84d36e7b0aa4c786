using ChwFhir.Intake;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>What came of reading what a plan has to know.</summary>
internal abstract record KnownReading
{
    private KnownReading() { }

    public sealed record Read(Known Known) : KnownReading
    {
        /// <summary>What the service remembers of the note and it no longer says.</summary>
        public IReadOnlyList<Queue.LongLivedRow> Forgotten { get; init; } = [];
    }

    /// <summary>An earlier note's write of the same long-lived resource is being settled; this one waits for it.</summary>
    public sealed record Waits(DateTimeOffset Until) : KnownReading;

    public sealed record NeedsPerson(NoteIssue Issue) : KnownReading;

    public sealed record NoAnswer : KnownReading;
}
