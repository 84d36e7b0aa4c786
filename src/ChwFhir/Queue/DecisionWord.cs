namespace ChwFhir.Queue;

/// <summary>What a person can decide about a resource whose write is not established, was refused or cannot begin.</summary>
public enum DecisionWord { Written, SendAgain, CloseUnwritten, UseEncounter }
