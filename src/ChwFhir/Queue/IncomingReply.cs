namespace ChwFhir.Queue;

/// <param name="Fhir">Makes the Communication once the reply has its number.</param>
public sealed record IncomingReply(string? ClientId, string Hash, ReadOnlyMemory<byte> Body, Func<long, ReadOnlyMemory<byte>> Fhir, IReadOnlyList<IncomingNotification> Notifications);
