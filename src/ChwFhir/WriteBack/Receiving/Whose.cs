using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>Whose lane an input goes in: the chart's, or until the EHR has said whose chart it is, the identifier's.</summary>
internal static class Whose
{
    public static string Of(Input input) => input switch
    {
        { Patient: { } patient } => Text(patient),
        { Subject.Identifiers: [var first, ..] } => $"{first.System}|{first.Value}",
        _ => $"subject|{Folding.Hash($"{input.Subject?.Family}|{input.Subject?.Given}|{input.Subject?.BirthDate}")}",
    };

    public static string? Text(NoteAuthor author) => author is { Reference: null, Identifier: null } ? null : Text((PersonRef)author);

    public static string Text(PersonRef person)
    {
        if (person.Reference is { } reference)
            return FhirReference.TryParse(reference, out var parsed) ? $"{parsed.Type}/{parsed.Id}" : reference;
        return $"{person.Identifier!.System}|{person.Identifier.Value}";
    }
}
