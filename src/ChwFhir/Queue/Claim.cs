namespace ChwFhir.Queue;

/// <summary>The right to write one patient's notes for a while.</summary>
/// <param name="Lane">Our own number of the patient's lane.</param>
/// <param name="Token">Fencing token: grows with every claim of the lane, so that a holder who was overtaken can write nothing more.</param>
/// <param name="Numbers">Due notes in order of receipt, at most 32; a later one may be written only when each earlier one has left the lane or stepped aside.</param>
public sealed record Claim(string Ehr, long Lane, long Token, DateTimeOffset Until, IReadOnlyList<long> Numbers);
