namespace ChwFhir.Api.Fhir;

/// <summary>
/// Of each type the elements without which it says nothing or something else (mandatory and modifying ones), and those of its summary, as R4 marks them (Σ) or
/// marks something in them. <c>*</c>: of whatever type. The lists are generated from the specification's definitions, not from the classes of an SDK.
/// </summary>
internal static partial class BaseElements
{
    /// <summary>These stand in whatever is left of a resource.</summary>
    public static readonly IReadOnlyList<string> Everywhere = ["resourceType", "id", "meta", "implicitRules", "modifierExtension"];

    public static IReadOnlyList<string> Always(string type) => All[type].Always;

    public static IReadOnlyList<string> Summary(string type) => All[type].Summary;
}
