namespace ChwFhir.SmartApp.Patients;

/// <summary>Who the patient is, as every page says it above all else.</summary>
/// <param name="Called">How they like to be called, where that is not in their name.</param>
/// <param name="Language">BCP 47 of the language they would rather speak, or the chart's own word.</param>
/// <param name="Interpreter">Null where the chart does not say.</param>
/// <param name="Died">As FHIR writes it; null while they live, or when nobody knows the day.</param>
public sealed record Person(string? Name, string? Called, string? Born, int? Age, string? Gender, string? Pronouns, string? Language, bool? Interpreter, bool IsDead, string? Died)
{
    /// <summary>Family name, for comparing a note with the chart before it is written.</summary>
    public string? Family { get; init; }

    /// <summary>What they are called by those who come to their house.</summary>
    public string? First => (Called ?? Name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    /// <summary>For titles: whose page it is among the open ones, and no more than that.</summary>
    public string? Initial => (Called ?? Name)?.Trim() is { Length: > 0 } name ? $"{System.Globalization.StringInfo.GetNextTextElement(name).ToUpperInvariant()}." : null;
}
