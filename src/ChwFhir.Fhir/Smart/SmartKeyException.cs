namespace ChwFhir.Fhir.Smart;

/// <summary>A key cannot be used. The message says why and repeats nothing of the key.</summary>
public sealed class SmartKeyException(string message) : Exception(message);
