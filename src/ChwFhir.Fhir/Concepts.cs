namespace ChwFhir.Fhir.Model;

/// <summary>Questions to coded values. An extension, so that it stands beside Firely's model too.</summary>
public static class Concepts
{
    /// <summary>Whether one of the codings has this system and code. Null has none.</summary>
    public static bool Has(this CodeableConcept? concept, string system, string code) =>
        concept is not null && concept.Coding.Exists(coding => coding.System == system && coding.Code == code);

    public static bool Has(this IEnumerable<CodeableConcept> concepts, string system, string code) => concepts.Any(concept => concept.Has(system, code));
}
