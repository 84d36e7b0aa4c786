using System.Security.Cryptography;
using System.Text;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>The note to be read: DocumentReference with the whole text, plain and as XHTML.</summary>
internal static class DocumentMapping
{
    private static readonly CodeEntry Progress = new("11506-3", "Progress note");

    /// <returns>The plain text.</returns>
    internal static string Map(Draft draft, Alerts alerts) => Map(draft, NoteDocument.Of(draft, alerts), Title(draft));

    /// <returns>The plain text.</returns>
    internal static string Map(Draft draft, List<Block> content, string subject)
    {
        var key = draft.TakeKey("note");
        var name = DocumentNames.Of(draft.Resolved.Edition);
        var text = PlainText.Render(content, ReferenceLine.Of(draft.Note.Id, name));
        var title = $"{subject} {FhirTime.DayOf(draft.Note.Visit.Start)}";

        var document = Blank(draft);
        document.Type = Type(draft);
        document.Meta = Claims(document, OwnProfiles.VisitNote);
        document.Description = title;
        document.Custodian = draft.Organization();
        document.Content.Add(Content(draft, "text/plain", Encoding.UTF8.GetBytes(text), title));
        document.Content.Add(Content(draft, "application/xhtml+xml", XhtmlDocument.Render(content, title, ReferenceLine.Of(draft.Note.Id, name)), title));
        if (draft.Resolved.Replaces is { } earlier)
            document.RelatesTo.Add(new DocumentReference.RelatesToComponent { Code = DocumentRelationshipType.Replaces, Target = new ResourceReference(earlier) });
        draft.Add(key, document, identityKey: name);

        return text;
    }

    /// <summary>What a document claims: US Core requires a type of LOINC, so one with a type of its sender's or of the EHR's own claims nothing.</summary>
    internal static Meta? Claims(DocumentReference document, string? own = null)
    {
        if (document.Type?.Coding.Exists(coding => coding.System == Systems.Loinc) == false)
            return null;

        return own is null ? Concepts.Profile("us-core-documentreference") : Concepts.Profile("us-core-documentreference", own);
    }

    internal static string Title(Draft draft) => CodeTables.VisitKinds[draft.Note.Visit.Kind].Text;

    /// <summary>A document about this visit, without its type and content.</summary>
    internal static DocumentReference Blank(Draft draft)
    {
        var document = new DocumentReference
        {
            Meta = Concepts.Profile("us-core-documentreference"),
            Status = DocumentReferenceStatus.Current,
            DocStatus = CompositionStatus.Final,
            Subject = draft.Patient(),
            Date = draft.Note.When,
            Context = new DocumentReference.ContextComponent { Period = new Period { Start = draft.Started, End = draft.Note.Visit.End is { } end ? FhirTime.Of(end) : null } },
        };
        document.Category.Add(Concepts.Of(Systems.UsCoreDocumentCategory, "clinical-note", "Clinical Note"));
        if (draft.Signed() is { } author)
            document.Author.Add(author);
        if (draft.Encounter() is { } encounter)
            document.Context.Encounter.Add(encounter);

        return document;
    }

    /// <summary>FHIR R4 wants SHA-1 here; it finds damage, it proves nothing.</summary>
    internal static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA1.HashData(bytes);

    internal static CodeableConcept Type(Draft draft)
    {
        if (draft.Options.NoteType is { } accepted)
            return Concepts.Of(accepted.System, accepted.Code, accepted.Display);

        var known = CodeTables.VisitKinds[draft.Note.Visit.Kind].Note ?? Progress;
        return Concepts.Of(Systems.Loinc, known.Code!, known.Display);
    }

    private static DocumentReference.ContentComponent Content(Draft draft, string contentType, byte[] bytes, string title) => new()
    {
        Attachment = new Attachment
        {
            ContentType = contentType, Language = draft.Note.Language, Data = bytes, Size = bytes.Length, Hash = Hash(bytes), Title = title, Creation = draft.When,
        },
    };
}
