namespace ChwFhir.Queue;

/// <summary>How it stands with the notes of one EHR, beside <see cref="QueueCounts"/>.</summary>
/// <param name="Unknown">Notes of which it could not be established whether the EHR has some part.</param>
/// <param name="LookedFor">Notes that wait to be looked for after a lost answer.</param>
/// <param name="Instances">Instances that write at this moment.</param>
/// <param name="Lanes">Patients whose notes are being written at this moment.</param>
public sealed record DeliveryCounts(long Unknown, long LookedFor, long Instances, long Lanes);
