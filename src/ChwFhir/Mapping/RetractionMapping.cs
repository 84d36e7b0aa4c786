using System.Text;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Where an EHR cannot take a note out: a document that says that it does not count, and repeats nothing of it.</summary>
public static class RetractionMapping
{
    public const string Key = "retraction";

    /// <summary>The word that goes with what was taken back.</summary>
    public const string ProvenanceKey = "retraction/provenance";

    /// <summary>Provenance of the retraction, to be written beside what it is about.</summary>
    /// <param name="id">The input's own.</param>
    /// <param name="taken">References in the EHR of what the input had made there.</param>
    public static MappedResource Provenance(string id, ResolvedNote resolved, MappingOptions options, DateTimeOffset asked, IEnumerable<string> taken)
    {
        var draft = new Bare(id, resolved, options);
        ProvenanceMapping.MapRetraction(draft, asked, taken);
        return draft.Resources[0];
    }

    private sealed class Bare(string id, ResolvedNote resolved, MappingOptions options) : FhirDraft(id, "", resolved, options, null);

    /// <param name="wrongPatient">The note is about somebody else.</param>
    /// <param name="encounter">Where the note was filed; null where that is not known.</param>
    /// <param name="what">As it is called in the chart: <c>A completed screening</c>; a note of a community health worker where nothing is said.</param>
    public static MappedNote Map(VisitNote note, ResolvedNote resolved, MappingOptions options, bool wrongPatient, DateTimeOffset asked, string? encounter, string? what = null)
    {
        var draft = new Draft(note, "", resolved, options) { EncounterReference = encounter };
        var filedFor = what is null ? $"Filed for {draft.AuthorName ?? "a community health worker"}, community health worker, not a clinician.\n\n" : draft.AuthorName is { } name ? $"Filed for {name}.\n\n" : "";
        what ??= "A community health worker's note";
        var text = $"""
            {filedFor}RETRACTION. {what} in this chart, filed under {note.Id}/{DocumentNames.Of(resolved.Edition)}, {(wrongPatient ? "is about another person and does not belong in this chart" : "was entered in error")}. Do not rely on anything it says.
            What the service could not take back itself, the records office has been asked to remove.

            {ReferenceLine.Of(note.Id, Key)}
            """.ReplaceLineEndings("\n");

        var document = DocumentMapping.Blank(draft);
        document.Type = DocumentMapping.Type(draft);
        document.Meta = DocumentMapping.Claims(document);
        document.Description = $"Retraction of {char.ToLowerInvariant(what[0])}{what[1..]}";
        document.Date = asked;
        document.Context = draft.Encounter() is { } visit ? new DocumentReference.ContextComponent { Encounter = [visit] } : null;
        var bytes = Encoding.UTF8.GetBytes(text);
        document.Content.Add(new DocumentReference.ContentComponent
        {
            Attachment = new Attachment { ContentType = "text/plain", Language = "en", Data = bytes, Size = bytes.Length, Hash = DocumentMapping.Hash(bytes), Title = document.Description, Creation = FhirTime.Of(asked) },
        });
        draft.Add(Key, document);
        return new MappedNote(draft.Resources, [], text, []);
    }
}
