namespace ChwFhir.Mapping;

/// <summary>A document that need not be filed.</summary>
/// <param name="Reference">Where the EHR has it; null where that is not known.</param>
/// <param name="Why">For the status of the input.</param>
public sealed record DocumentThere(string? Reference, string Why);
