using ChwFhir.Access;
using ChwFhir.Intake;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>What somebody hands in, as it came.</summary>
internal sealed record Handed(Caller By, InputKind Kind, ReadOnlyMemory<byte> Body, SentAs SentAs)
{
    /// <summary>The service itself, for what a person who was looked at before has it do.</summary>
    public static readonly Caller ByTheService = Caller.OfService("chwfhir");

    /// <summary>It was written on this patient's own page: what the chart says of them may be missing where the chart did not answer.</summary>
    public bool IsOfTheirPage { get; init; }

    /// <summary>
    /// Such a note goes by the chart of the page alone. What is missing is not filled in when it is sent: the same form would then be another note as soon as the
    /// chart has answered, and whoever sends it again after a lost answer would hear that theirs is taken.
    /// </summary>
    public static readonly NoteIssue Uncompared = new("warning", "patient-uncompared", "/patient/check", "the chart did not say who it is while the note was written: birth date and family name were not compared");

    public bool IsUncompared(Input input) => IsOfTheirPage && input.Patient?.Check is null;

    public IntakeOptions Under(IntakeOptions options) => IsOfTheirPage ? options with { RequirePatientCheck = false } : options;
}
