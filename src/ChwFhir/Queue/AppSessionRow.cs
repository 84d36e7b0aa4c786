namespace ChwFhir.Queue;

/// <summary>A session of the app.</summary>
/// <param name="Id">Stands in the session's addresses; opens nothing by itself.</param>
/// <param name="SecretHash">Of what the browser holds.</param>
/// <param name="Revision">Grows with every new body.</param>
/// <param name="Body">Sealed by the app.</param>
/// <param name="IdleAt">When it ends if nobody comes by.</param>
/// <param name="EndsAt">When it ends in any case.</param>
public sealed record AppSessionRow(string Id, string SecretHash, long Revision, ReadOnlyMemory<byte> Body, DateTimeOffset IdleAt, DateTimeOffset EndsAt);
