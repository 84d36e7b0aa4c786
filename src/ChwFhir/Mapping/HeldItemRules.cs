namespace ChwFhir.Mapping;

/// <summary>What is kept out of the chart unless a clinician or social worker releases it (setting <c>Mapping:HeldItems</c>). The default is <c>fhir-profiles/programme/held-items.json</c>.</summary>
public sealed record HeldItemRules
{
    private static readonly Lazy<HeldItemRules> Shipped = new(() => RuleFile.Embedded<HeldItemRules>("programme/held-items.json"));

    public required string Id { get; init; }

    public required string Date { get; init; }

    public string? SignedBy { get; init; }

    public string? Source { get; init; }

    /// <summary>Domains of concerns.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Items of screenings (LOINC codes).</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Patients younger than this have screenings and narrative held; 0 for none.</summary>
    public int UnderAge { get; init; }

    /// <summary>Who hears of a flag that stands in a held part, where the hold names nobody.</summary>
    public IReadOnlyList<string> For { get; init; } = [];

    public static HeldItemRules Default => Shipped.Value;
}
