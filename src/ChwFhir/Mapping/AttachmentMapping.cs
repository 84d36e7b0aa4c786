using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Bytes that came with the note: a copy of an advance directive, a photo. Each a document of its own.</summary>
internal static class AttachmentMapping
{
    internal static void Map(Draft draft)
    {
        foreach (var attachment in draft.Note.Attachments)
        {
            var directive = draft.Note.AdvanceCarePlanning?.Documents.FirstOrDefault(document => document.Copy == attachment.Id);
            var key = directive is null ? "attachment" : "advance-directive";
            draft.Add(draft.TakeKey($"{key}/{Folding.KeyPart(attachment.Id)}"), Document(draft, attachment, directive));
        }
    }

    private static DocumentReference Document(Draft draft, NoteAttachment attachment, AdvanceDirective? directive)
    {
        var document = DocumentMapping.Blank(draft);
        document.Type = directive is null ? Concepts.Of(Systems.NullFlavor, "UNK", "unknown", attachment.Title ?? "Attachment of a visit note") : Type(directive);
        document.Description = attachment.Title;
        document.Content.Add(new DocumentReference.ContentComponent
        {
            Attachment = new Attachment { ContentType = attachment.ContentType, Data = attachment.Data.ToArray(), Size = attachment.Data.Length, Hash = DocumentMapping.Hash(attachment.Data.Span), Title = attachment.Title },
        });

        return document;
    }

    private static CodeableConcept Type(AdvanceDirective directive)
    {
        var known = CodeTables.Directives[directive.Kind];
        return Concepts.Of(Systems.Loinc, known.Code, known.Display, known.Text);
    }
}
