namespace ChwFhir.Sandbox.Search;

/// <summary>What the search parameters of its type found in one resource.</summary>
internal sealed class IndexedValues
{
    public static readonly IndexedValues None = new();

    public HashSet<(string Param, string? System, string Value)> Tokens { get; } = [];
    public HashSet<(string Param, string Value)> Texts { get; } = [];
    public HashSet<(string Param, TimeRange Range)> Dates { get; } = [];
    public HashSet<(string Param, string TargetType, string Target)> References { get; } = [];
}
