using System.Text.Json;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the form carries beside what it asks.</summary>
internal static class VisitFormFields
{
    /// <summary>
    /// The note's own id, so that it is one note however often it is sent; when it was written; the offset of the device's clock; whose it is, by their own
    /// reference and by what the chart says of them; the programme as the last visit said it.
    /// </summary>
    public static readonly IReadOnlyList<string> Carried = ["id", "authored", "offset", "for", "check.birthDate", "check.familyName", "programme"];

    /// <summary>What a script says, as JSON.</summary>
    public static string Spoken(Wording words, string prefix) => JsonSerializer.Serialize(words.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(key => key[prefix.Length..], key => words[key]));
}
