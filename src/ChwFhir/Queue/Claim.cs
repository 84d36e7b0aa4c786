namespace ChwFhir.Queue;

/// <summary>The right to write one patient's notes for a while.</summary>
/// <param name="Lane">Our own number of the patient's lane.</param>
/// <param name="Token">Fencing token: grows with every claim of the lane, so that a holder who was overtaken can write nothing more.</param>
/// <param name="Numbers">Due notes in order of receipt, at most 32; a later one may be written only when each earlier one has left the lane or stepped aside.</param>
public sealed record Claim(string Ehr, long Lane, long Token, DateTimeOffset Until, IReadOnlyList<long> Numbers)
{
    /// <summary>Whose lane it is, as the store calls it.</summary>
    internal string Patient { get; init; } = "";

    /// <summary>One for all copies of the claim; of the one who tries its notes, not of who renews it meanwhile.</summary>
    internal StepsInHand InHand { get; } = new();

    /// <summary>A note of this patient stays in the lane.</summary>
    internal bool IsLaneOf(string patient) => Patient == patient || Patient == Lanes.OfMessages(patient);
}
