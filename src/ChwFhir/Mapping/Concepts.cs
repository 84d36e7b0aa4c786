using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Coded things made from the tables. Always fresh: a resource owns what it holds.</summary>
internal static class Concepts
{
    internal static CodeableConcept Text(string text) => new() { Text = text };

    internal static CodeableConcept Of(string system, string code, string? display = null, string? text = null)
    {
        var concept = new CodeableConcept { Text = text };
        concept.Coding.Add(Snomed(system, code, display));

        return concept;
    }

    /// <summary>Ids of the US extension of SNOMED CT need its version to mean anything.</summary>
    internal static Coding Snomed(string system, string code, string? display) => new(system, code, display)
    {
        Version = system == Systems.Snomed && code.Length > 9 && code.Contains("000124", StringComparison.Ordinal) ? Systems.SnomedUs : null,
    };

    internal static CodeableConcept DataAbsent(string reason) => Of(Systems.DataAbsentReason, reason);

    internal static Meta Profile(string usCoreProfile) => Claims(Systems.UsCore(usCoreProfile));

    /// <summary>US Core's profile and the one of ours that derives from it. Both are said: who knows ours least knows the other.</summary>
    internal static Meta Profile(string usCoreProfile, string own) => Claims(Systems.UsCore(usCoreProfile), own);

    internal static Meta Claims(params string[] profiles) => new() { Profile = [.. profiles] };

    internal static Quantity Score(decimal score) => new() { Value = score, Unit = "{score}", System = Systems.Ucum, Code = "{score}" };

    /// <summary>A number that somebody else gave. No address has white space; theirs is written as in any other address.</summary>
    internal static Identifier Given(string? system, string? value) =>
        new() { System = system is not null && system.Any(char.IsWhiteSpace) ? string.Concat(system.Select(letter => char.IsWhiteSpace(letter) ? Uri.HexEscape(letter > 255 ? ' ' : letter) : letter.ToString())) : system, Value = value };

    internal static Annotation Note(string text) => new() { Text = text };
}
