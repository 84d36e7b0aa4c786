namespace ChwFhir.Queue;

/// <summary>The storage folder cannot be opened: another process owns it, or it cannot be written. The message is one line for the console.</summary>
public sealed class StorageInUseException(string message, Exception? inner = null) : Exception(message, inner);
