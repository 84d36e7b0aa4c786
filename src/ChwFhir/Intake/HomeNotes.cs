namespace ChwFhir.Intake;

/// <summary>For the CHW team only; never in the chart.</summary>
public sealed record HomeNotes
{
    public string? Access { get; init; }
    public bool? CallFirst { get; init; }
    public string? Pets { get; init; }
    public string? Safety { get; init; }
}
