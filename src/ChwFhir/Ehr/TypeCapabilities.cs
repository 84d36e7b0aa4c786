namespace ChwFhir.Ehr;

/// <summary>What an EHR takes of one resource type.</summary>
/// <param name="Interactions">FHIR's words: <c>create</c>, <c>read</c>, <c>update</c>, <c>search-type</c>.</param>
/// <param name="ConditionalCreate"><c>If-None-Exist</c> is honoured.</param>
/// <param name="VersionedUpdate">Versions are kept, so that <c>If-Match</c> protects what others wrote.</param>
/// <param name="SearchParameters">Null: any.</param>
public sealed record TypeCapabilities(IReadOnlySet<string> Interactions, bool ConditionalCreate, bool VersionedUpdate, IReadOnlySet<string>? SearchParameters)
{
    /// <summary>Which evidence speaks against a create; null where none does or nobody weighed it.</summary>
    public string? WhyNoCreate { get; init; }

    public static TypeCapabilities Nothing { get; } = new(new HashSet<string>(), false, false, new HashSet<string>());

    public static TypeCapabilities Everything { get; } = new(new HashSet<string> { Ehr.Interactions.Create, Ehr.Interactions.Update, Ehr.Interactions.Read, Ehr.Interactions.Search }, true, true, null);

    public static TypeCapabilities ReadOnly { get; } = new(new HashSet<string> { Ehr.Interactions.Read, Ehr.Interactions.Search }, false, false, null);
}
