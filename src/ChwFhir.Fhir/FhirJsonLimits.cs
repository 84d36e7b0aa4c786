namespace ChwFhir.Fhir;

/// <summary>How much JSON is read at most.</summary>
public sealed record FhirJsonLimits
{
    public static FhirJsonLimits Default { get; } = new();

    /// <summary>Objects and lists inside each other.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Bytes of the whole text.</summary>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;
}
