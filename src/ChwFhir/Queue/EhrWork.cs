namespace ChwFhir.Queue;

/// <summary>An EHR with notes that are not finished.</summary>
public sealed record EhrWork(string Ehr, long Unfinished);
