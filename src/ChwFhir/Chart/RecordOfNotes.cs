using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Planning;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Chart;

/// <summary>Many notes as one record: what lives across visits is in it once, as all of them together tell it, each element by the last that spoke of it. Pure.</summary>
internal static class RecordOfNotes
{
    /// <param name="notes">Oldest visit first, so that the last word stands.</param>
    /// <param name="isWithheld">What is counted only, and what no words are taken from.</param>
    public static PatientRecord Of(IEnumerable<GatheredNote> notes, Func<Resource, bool> isWithheld)
    {
        var byName = new Dictionary<string, OneOfRecord>(StringComparer.Ordinal);
        var (heldBack, notMapped) = (0, 0);
        foreach (var (note, parts, _) in notes)
        {
            heldBack += note.Resources.Count(row => row.How == KeepWithService.Held);
            notMapped += parts is null ? 1 : 0;
            foreach (var part in parts ?? [])
            {
                var name = NameOf(part.Resource!) ?? part.FullUrl!;
                if (!byName.TryGetValue(name, out var one))
                    byName[name] = one = new OneOfRecord();
                one.Add(note, part, isWithheld(part.Resource!));
            }
        }
        var shown = byName.Values.Select(one => one.Entry()).OfType<RecordEntry>().ToList();
        return new PatientRecord(shown, byName.Count - shown.Count, heldBack, notMapped) { Size = byName.Values.Sum(one => one.Size) };
    }

    /// <summary>The id of a part of a note, by the note that told it first.</summary>
    public static string IdOf(StoredNote note, Resource resource, string fullUrl, long first) =>
        IsInputItself(note, resource) ? RecordIds.OfInput(note.Number) : RecordIds.OfPart(first, fullUrl);

    // The document of a note or summary, and a completed screening: what whoever handed it in asks for again.
    private static bool IsInputItself(StoredNote note, Resource resource) => resource switch
    {
        QuestionnaireResponse => note.Kind == ScreeningInput.Kind,
        DocumentReference document => note.Kind != ScreeningInput.Kind && document.Identifier.Any(own => own.Value == $"{note.Id}/{DocumentNames.Of(note.Edition)}" || own.Value == $"{note.Id}/{DocumentNames.Of(1)}"),
        _ => false,
    };

    private static string? NameOf(Resource resource)
    {
        var identifiers = resource switch
        {
            Goal goal => goal.Identifier,
            Condition condition => condition.Identifier,
            CarePlan plan => plan.Identifier,
            ServiceRequest request => request.Identifier,
            FhirTask task => task.Identifier,
            RelatedPerson person => person.Identifier,
            _ => [],
        };
        return identifiers.FirstOrDefault(one => one.Value is not null) is { } own ? $"{resource.TypeName} {own.System}|{own.Value}" : null;
    }
}
