namespace ChwFhir.Queue;

/// <param name="OldestWaiting">Receipt of the oldest note that is queued or being written.</param>
public sealed record QueueCounts(long Queued, long Writing, long Written, long NeedsAttention, long Retracted, DateTimeOffset? OldestWaiting);
