using ChwFhir.Intake;
using ChwFhir.Mapping;

namespace ChwFhir;

/// <summary>What a note would become; nothing is stored or written.</summary>
public abstract record PreviewResult
{
    private PreviewResult() { }

    /// <param name="Bundle">The transaction Bundle as FHIR JSON, UTF-8.</param>
    /// <param name="Document">The note document's text.</param>
    public sealed record Previewed(ReadOnlyMemory<byte> Bundle, string Document, IReadOnlyList<NoteIssue> Issues, IReadOnlyList<NoteSuggestion> Suggestions, IReadOnlyList<PlanLine> Plan) : PreviewResult
    {
        /// <summary>Those of the issues that speak of red flags, apart from their words.</summary>
        public IReadOnlyList<FlagIssue> Flags { get; init; } = [];

        /// <summary>Parts that are in none of these: kept out of the chart until a clinician or social worker releases them.</summary>
        public int HeldBack { get; init; }
    }

    /// <summary>The patient is none of the caller's.</summary>
    public sealed record NotInPanel : PreviewResult;

    public sealed record Unreadable(NoteFault Fault) : PreviewResult;

    /// <param name="Limit">Bytes that would have been taken.</param>
    public sealed record TooLarge(long Limit) : PreviewResult;

    /// <summary>Not a form in which it is taken.</summary>
    public sealed record NotAForm : PreviewResult;

    public sealed record Invalid(IReadOnlyList<NoteFault> Faults) : PreviewResult;
}
