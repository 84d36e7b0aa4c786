namespace ChwFhir.Intake;

public sealed record Visit
{
    public string? Id { get; init; }
    public VisitKind Kind { get; init; } = VisitKind.Home;
    public VisitStatus Status { get; init; } = VisitStatus.Completed;
    public required DateTimeOffset Start { get; init; }
    public DateTimeOffset? End { get; init; }
    /// <summary>The EHR's own encounter of this visit, when the caller knows it.</summary>
    public PersonRef? Encounter { get; init; }
    public IReadOnlyList<Participant> Participants { get; init; } = [];
    public VisitInterpreter? Interpreter { get; init; }
    public Travel? Travel { get; init; }
}
