namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What is wrong, in words, and at which field; null when it is about the whole.</summary>
public sealed record FieldFault(string? Field, string Says);
