namespace ChwFhir.Fhir.Validation;

/// <summary>A StructureDefinition as a tree of checks.</summary>
internal sealed record Profile(string Url, string? Version, string Type, string? BaseUrl)
{
    /// <summary>Of an extension: it changes the meaning of what it stands in. Null without a snapshot.</summary>
    public bool? IsModifier { get; init; }

    public ProfileNode Root { get; set; } = new() { Index = -1, Name = Type };
}
