namespace ChwFhir.Mapping;

/// <summary>A code and its owner's words for it, as a table gives them.</summary>
internal sealed record CodeEntry(string? Code = null, string? Display = null, string? System = null, string? Text = null, bool Local = false);

internal sealed record DomainCode(string Text, string Source, string? Category = null, CodeEntry? Icd10 = null, CodeEntry? Snomed = null);

internal sealed record SymptomCode(string Text, string Source, CodeEntry? Score = null);

/// <param name="Unit">Unit of a number that came without one.</param>
/// <param name="Above">A number without a unit above this is in another unit (nobody has 98.6 °C).</param>
/// <param name="Units">Spellings in lower case, each with its UCUM code.</param>
internal sealed record VitalCode(
    string Text, string Source, string Unit, Dictionary<string, string> Units, string? Profile = null, CodeEntry[]? Codes = null, Dictionary<string, CodeEntry>? Parts = null, UnitAbove? Above = null)
{
    /// <summary>A UCUM unit as people write it.</summary>
    internal static string? Readable(string? unit) => unit switch { "Cel" => "°C", "[degF]" => "°F", "mm[Hg]" => "mmHg", "[lb_av]" => "lb", "[in_i]" => "in", _ => unit };

    internal string? UnitOf(decimal? value, string? given)
    {
        if (given is null)
            return Above is { } above && value > above.Value ? above.Unit : Unit;

        return Units.GetValueOrDefault(given.Trim().ToLowerInvariant());
    }
}

internal sealed record UnitAbove(decimal Value, string Unit);

internal sealed record DirectiveCode(string Text, string Code, string Display, string Source);

internal sealed record VisitKindCode(string Text, string Source, CodeEntry? Class = null, CodeEntry? Type = null, CodeEntry? Note = null);

internal sealed record ServiceCode(string[] Words, string Source, string? Category = null, string? Code = null, string? Display = null);

internal sealed record RelationshipCode(string[] Words, string Code, string Display);

/// <summary>Words that the mapping listens for.</summary>
/// <param name="Dose">What sounds like an instruction to change a medicine, which only a clinician gives.</param>
/// <param name="Wishes">What sounds like a wish about treatment, behind which the chart's code status is said.</param>
/// <param name="Clinicians">Recipients who may answer a question about medicines.</param>
internal sealed record Wording(DoseWords Dose, string[] Wishes, string[] Clinicians);

internal sealed record DoseWords(string[] Verbs, string[] Things, string[] Asks);
