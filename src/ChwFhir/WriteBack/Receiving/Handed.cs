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

    public IntakeOptions Under(IntakeOptions options) => IsOfTheirPage ? options with { RequirePatientCheck = false } : options;
}
