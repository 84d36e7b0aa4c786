namespace ChwFhir.Intake;

public sealed record Education
{
    public required string Topic { get; init; }
    public string? Material { get; init; }
    public string? Language { get; init; }
    public string? Source { get; init; }
    /// <summary>Free word for how the teach-back went, such as <c>can-explain</c>.</summary>
    public string? TeachBack { get; init; }
}
