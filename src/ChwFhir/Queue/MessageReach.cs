namespace ChwFhir.Queue;

/// <summary>How far a message has come on its way to a person; only ever further, until it is handed to somebody else. Opened means that somebody whom it is for has read it.</summary>
public enum MessageReach { Waiting, Notified, Opened, Taken, Closed }
