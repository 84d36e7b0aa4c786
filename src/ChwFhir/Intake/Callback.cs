namespace ChwFhir.Intake;

public sealed record Callback
{
    public string? Name { get; init; }
    public string? Relationship { get; init; }
    public string? Phone { get; init; }
    public string? BestTime { get; init; }
    public string? Language { get; init; }
    public bool? VoicemailOk { get; init; }
}
