namespace ChwFhir.Ehr;

/// <param name="PausedUntil">Null: up.</param>
/// <param name="Pauses">How many pauses in a row.</param>
/// <param name="Since">When the first of them began.</param>
public sealed record EndpointState(DateTimeOffset? PausedUntil, string? Why, int Pauses, DateTimeOffset? Since)
{
    public static EndpointState Up { get; } = new(null, null, 0, null);
}
