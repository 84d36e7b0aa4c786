using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <summary>What came of asking the EHR who and what a note is about.</summary>
internal abstract record Resolution
{
    private Resolution() { }

    public sealed record Resolved(ResolvedNote Note) : Resolution;

    /// <summary>Definitely wrong: nothing is written before a person has looked.</summary>
    public sealed record Wrong(NoteIssue Issue) : Resolution;

    /// <summary>Something that the note can be written without failed, and may be there at the next try.</summary>
    public sealed record NotYet : Resolution;

    /// <summary>What it follows is being written: the order is kept.</summary>
    public sealed record After(DateTimeOffset Until) : Resolution;

    /// <summary>The EHR gave no usable answer.</summary>
    public sealed record NoAnswer : Resolution;
}
