namespace ChwFhir.Intake;

public sealed record Concern
{
    public string? Id { get; init; }
    public required ConcernDomain Domain { get; init; }
    public string? Text { get; init; }
    public ConcernAbout About { get; init; } = ConcernAbout.Patient;
    /// <summary>A caregiver's own trouble goes into the chart only when they agreed.</summary>
    public bool OkInChart { get; init; }
    public int? Priority { get; init; }
    public ConditionClinical Status { get => SaidStatus ?? ConditionClinical.Active; init => SaidStatus = value; }
    /// <summary>Null where the note did not say it: what was said before stays.</summary>
    public ConditionClinical? SaidStatus { get; init; }
    public PersonRef? Owner { get; init; }
    public Hold? Hold { get; init; }
    public TakenOver? FromNarrative { get; init; }

    /// <summary>As this note tells it; what it leaves out is as it was told before.</summary>
    public Concern After(Concern? before) =>
        before is null ? this : this with { SaidStatus = SaidStatus ?? before.SaidStatus, Text = Text ?? before.Text, Priority = Priority ?? before.Priority };
}
