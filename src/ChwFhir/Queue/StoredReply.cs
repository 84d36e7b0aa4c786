namespace ChwFhir.Queue;

/// <summary>A reply to a message, kept with the service.</summary>
/// <param name="Fhir">The same as a Communication that answers the message's.</param>
/// <param name="FiledAs">Id of the note by which it was filed to the chart; null while nobody asked for that.</param>
public sealed record StoredReply(long Id, string? ClientId, string Hash, DateTimeOffset At, string By, string Role, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Fhir, string? FiledAs);
