using System.Text.Json;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the form carries beside what it asks.</summary>
internal static class VisitFormFields
{
    private const string Prefix = "form.script.";

    /// <summary>
    /// The note's own id, so that it is one note however often it is sent; when it was written; the offset of the device's clock; whose it is, by their own
    /// reference and by what the chart says of them; the programme as the last visit said it.
    /// </summary>
    public static readonly IReadOnlyList<string> Carried = ["id", "authored", "offset", "for", "check.birthDate", "check.familyName", "programme"];

    /// <summary>What the script says, as JSON.</summary>
    public static string Spoken(Wording words) => JsonSerializer.Serialize(words.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(key => key[Prefix.Length..], key => words[key]));
}
