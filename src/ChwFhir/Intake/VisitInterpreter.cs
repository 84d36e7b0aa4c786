namespace ChwFhir.Intake;

public sealed record VisitInterpreter
{
    public string? Language { get; init; }
    /// <summary>Free word: in-person, phone, video, family.</summary>
    public string? Mode { get; init; }
    public string? Name { get; init; }
}
