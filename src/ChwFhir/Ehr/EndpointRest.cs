namespace ChwFhir.Ehr;

/// <summary>Why and how long reads, or writes, are held back.</summary>
/// <param name="Until">Null: they are not. A time that is over: one may try, and its answer decides.</param>
/// <param name="Pauses">How many pauses in a row.</param>
/// <param name="Since">When the first of them began.</param>
public sealed record EndpointRest(DateTimeOffset? Until, EndpointTrouble? Trouble, int Pauses, DateTimeOffset? Since)
{
    public static EndpointRest None { get; } = new(null, null, 0, null);
}
