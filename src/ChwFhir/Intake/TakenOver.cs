namespace ChwFhir.Intake;

/// <summary>Who took a part over from what the narrative says; nobody when the CHW entered it.</summary>
public sealed record TakenOver
{
    /// <summary>As their token names them.</summary>
    public required string By { get; init; }
}
