using System.Runtime.InteropServices;
using System.Text;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

/// <summary>The document: the summary to be read, plain and as XHTML, and its original bytes.</summary>
internal static class SummaryDocumentMapping
{
    private static readonly CodeEntry Instructions = new("69730-0", "Instructions");

    private static readonly Dictionary<string, string> Confidentialities = new(StringComparer.Ordinal) { ["N"] = "normal", ["R"] = "restricted", ["V"] = "very restricted" };

    /// <summary>What stays on each part: that it is as everything in a chart need not be said.</summary>
    internal static IReadOnlyList<Coding> Labels(SummaryDocument document) =>
        [.. document.Labels.Append(new DocumentCode(Systems.Confidentiality, document.Confidentiality, null)).Where(label => label.Code is not null && (label.System != Systems.Confidentiality || label.Code is "R" or "V"))
            .DistinctBy(label => (label.System, label.Code)).Select(label => new Coding(label.System, label.Code, label.Display))];

    /// <returns>The plain text.</returns>
    internal static string Map(SummaryDraft draft)
    {
        var key = draft.TakeKey("note");
        var name = DocumentNames.Of(draft.Resolved.Edition);
        var line = ReferenceLine.Of(draft.Id, name);
        var title = SummaryText.Title(draft);
        var content = SummaryText.Of(draft);
        var text = PlainText.Render(content, line);

        var document = Blank(draft);
        document.Meta = DocumentMapping.Claims(document, OwnProfiles.AfterVisitSummary);
        document.Description = title;
        document.Content.Add(Content(draft, "text/plain", Encoding.UTF8.GetBytes(text), title));
        document.Content.Add(Content(draft, "application/xhtml+xml", XhtmlDocument.Render(content, title, line), title));
        var original = draft.Summary.Document;
        document.Content.Add(Content(draft, original.ContentType, Bytes(original.Original), original.Title ?? title));
        if (draft.Resolved.Replaces is { } earlier)
            document.RelatesTo.Add(new DocumentReference.RelatesToComponent { Code = DocumentRelationshipType.Replaces, Target = new ResourceReference(earlier) });
        if (original is { Relation: { } relation, Earlier: { } other })
        {
            // The sender's number names the first; what has replaced that one since has a number of its own.
            var named = new ResourceReference { Reference = draft.Resolved.Earlier is [var first, ..] ? first.Reference : null, Type = "DocumentReference", Identifier = Concepts.Given(other.System, other.Value) };
            document.RelatesTo.AddRange(draft.Resolved.Earlier.Skip(1).Select(one => new ResourceReference(one.Reference)).Prepend(named)
                .Select(target => new DocumentReference.RelatesToComponent { Code = Relation(relation), Target = target }));
        }

        draft.Add(key, document, identityKey: name);
        if (original.Identifier is { } own)
        {
            // By this anybody finds the document again who has it from elsewhere.
            document.MasterIdentifier = Concepts.Given(own.System, own.Value);
            document.Identifier.Add(Concepts.Given(own.System, own.Value));
        }

        return text;
    }

    /// <summary>A document about this summary, without its content.</summary>
    internal static DocumentReference Blank(SummaryDraft draft)
    {
        var summary = draft.Summary;
        var document = new DocumentReference
        {
            Status = DocumentReferenceStatus.Current,
            DocStatus = summary.Document.IsFinal is false ? CompositionStatus.Preliminary : CompositionStatus.Final,
            Type = Type(draft),
            Subject = draft.Patient(),
            Date = SummaryDraft.Instant(draft.When),
            Custodian = summary.Document.Custodian is { } custodian ? Custodian(custodian, summary.Document.CustodianIdentifiers) : draft.Organization(),
            Context = new DocumentReference.ContextComponent(),
        };
        if (summary.Encounter is { Start: not null } or { End: not null })
            document.Context.Period = new Period { Start = summary.Encounter.Start, End = summary.Encounter.End };
        document.Meta = DocumentMapping.Claims(document);
        document.Category.Add(Concepts.Of(Systems.UsCoreDocumentCategory, "clinical-note", "Clinical Note"));
        document.Author.AddRange(draft.Authors());
        if (summary.Document.Confidentiality is { } label && Confidentialities.TryGetValue(label, out var meaning))
            document.SecurityLabel.Add(Concepts.Of(Systems.Confidentiality, label, meaning));
        document.SecurityLabel.AddRange(Labels(summary.Document).Where(other => other.System != Systems.Confidentiality).Select(other => new CodeableConcept { Coding = [other] }));
        if (draft.Encounter() is { } encounter)
            document.Context.Encounter.Add(encounter);
        if (document.Context.Period is null && document.Context.Encounter.Count == 0)
            document.Context = null;

        return document;
    }

    /// <summary>The bytes as they came, not copied where they are a whole array: nobody writes into them.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> original) =>
        MemoryMarshal.TryGetArray(original, out var bytes) && bytes is { Offset: 0, Array: { } array } && array.Length == bytes.Count ? array : original.ToArray();

    private static CodeableConcept Type(SummaryDraft draft)
    {
        if (draft.Options.NoteType is { } accepted)
            return Concepts.Of(accepted.System, accepted.Code, accepted.Display);
        if (draft.Summary.Document.Type is { Code: { } code, System: { } system } own)
            return Concepts.Of(system, code, own.Display, draft.Summary.Document.Title);
        return Concepts.Of(Systems.Loinc, Instructions.Code!, Instructions.Display, draft.Summary.Document.Type?.Display ?? "After-visit summary");
    }

    private static ResourceReference Custodian(string name, IReadOnlyList<Intake.PersonIdentifier> numbers) =>
        numbers is [var number, ..] ? new ResourceReference { Display = name, Type = "Organization", Identifier = Concepts.Given(number.System, number.Value) } : new ResourceReference { Display = name };

    private static DocumentRelationshipType Relation(DocumentRelation relation) => relation switch
    {
        DocumentRelation.Appends => DocumentRelationshipType.Appends,
        DocumentRelation.Transforms => DocumentRelationshipType.Transforms,
        _ => DocumentRelationshipType.Replaces,
    };

    private static DocumentReference.ContentComponent Content(SummaryDraft draft, string contentType, byte[] bytes, string title) => new()
    {
        Attachment = new Attachment
        {
            ContentType = contentType, Language = draft.Summary.Document.Language, Data = bytes, Size = bytes.Length, Hash = DocumentMapping.Hash(bytes), Title = title, Creation = draft.When,
        },
    };
}
