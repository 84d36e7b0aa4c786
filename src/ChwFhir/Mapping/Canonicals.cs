namespace ChwFhir.Mapping;

/// <summary>The addresses of this project's own definitions (<c>fhir-profiles/</c>). They never change: charts hold them.</summary>
public static class Canonicals
{
    public const string Base = "https://chwfhir.org/fhir";

    /// <summary>On <c>CarePlan.activity.detail</c>: the key by which a later note finds the same step again.</summary>
    public const string StepKey = $"{Base}/StructureDefinition/step-key";

    /// <summary>On <c>Bundle.entry</c> of a note's Bundle: an element that FHIR wants and the note did not say.</summary>
    public const string NotSaid = $"{Base}/StructureDefinition/not-said";

    /// <summary>Symptoms and scores that no verified LOINC code says.</summary>
    public const string Symptoms = $"{Base}/CodeSystem/chw-symptom";

    /// <summary>Items, totals and instruments without a verified code.</summary>
    public const string Instruments = $"{Base}/CodeSystem/chw-instrument";

    /// <summary>What a CHW's message is about.</summary>
    public const string Topics = $"{Base}/CodeSystem/chw-message-topic";
}
