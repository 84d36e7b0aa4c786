namespace ChwFhir.Mapping;

/// <summary>A held part that a clinician or social worker has released into the chart.</summary>
/// <param name="Key">As in <see cref="HeldPart.Key"/>.</param>
/// <param name="Mark">Of the words that they read: other words under the same key are held anew.</param>
public sealed record ReleasedPart(string Key, string Mark);
