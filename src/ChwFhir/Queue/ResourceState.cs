namespace ChwFhir.Queue;

/// <summary>What became of one mapped resource; the words of the contract in kebab case.</summary>
public enum ResourceState { Pending, Written, Existing, Folded, Kept, Held, Unknown, Refused }
