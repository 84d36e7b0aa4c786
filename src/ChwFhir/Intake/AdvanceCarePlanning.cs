namespace ChwFhir.Intake;

public sealed record AdvanceCarePlanning
{
    public required AcpDiscussed Discussed { get; init; }
    /// <summary>Ids of participants of this visit.</summary>
    public IReadOnlyList<string> Present { get; init; } = [];
    public IReadOnlyList<AdvanceDirective> Documents { get; init; } = [];
    public HealthCareAgent? Agent { get; init; }
    public bool WantsClinicianConversation { get; init; }
    public string? Text { get; init; }
}
