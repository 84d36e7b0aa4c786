using System.Text;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Mapping.Summaries;

/// <summary>An after-visit summary to FHIR: pure. What it says is read to be shown and followed up; nothing of it is ordered or diagnosed again.</summary>
public static class SummaryMapper
{
    /// <param name="contentHash">SHA-256 as the reader gives it; stands in the Provenance.</param>
    public static MappedNote Map(AfterVisitSummary summary, string contentHash, ResolvedNote resolved, MappingOptions options)
    {
        var draft = new SummaryDraft(summary, contentHash, resolved, options);
        if (resolved.Patient.Contains('?', StringComparison.Ordinal))
            draft.Warn("unresolved-person", "/patient", "The patient could not be looked up in the EHR; the reference is conditional.");

        ClinicVisitMapping.Map(draft);
        SummaryPlanMapping.Map(draft);
        ToldMapping.Map(draft);
        var document = SummaryDocumentMapping.Map(draft);
        ProvenanceMapping.Map(draft, "After-visit summary", draft.Recorded, draft.Visited, draft.Author());
        Labels.Put(draft, SummaryDocumentMapping.Labels(summary.Document));

        return new MappedNote(draft.Resources, draft.Held, document, draft.Issues);
    }

    /// <summary>The document that says that it does not count.</summary>
    public static MappedNote Retract(AfterVisitSummary summary, ResolvedNote resolved, MappingOptions options, bool wrongPatient, DateTimeOffset asked, string? encounter)
    {
        var draft = new SummaryDraft(summary, "", resolved, options) { EncounterReference = encounter };
        var text = $"""
            RETRACTION. An after-visit summary in this chart, filed under {summary.Id}/{DocumentNames.Of(resolved.Edition)}, {(wrongPatient ? "is about another person and does not belong in this chart" : "was entered in error")}. Do not rely on anything it says.
            What the service could not take back itself, the records office has been asked to remove.

            {ReferenceLine.Of(summary.Id, RetractionMapping.Key)}
            """.ReplaceLineEndings("\n");
        var bytes = Encoding.UTF8.GetBytes(text);
        var document = SummaryDocumentMapping.Blank(draft);
        (document.Date, document.Description) = (asked, "Retraction of an after-visit summary");
        document.Content.Add(new DocumentReference.ContentComponent
        {
            Attachment = new Attachment { ContentType = "text/plain", Language = "en", Data = bytes, Size = bytes.Length, Hash = DocumentMapping.Hash(bytes), Title = document.Description, Creation = FhirTime.Of(asked) },
        });
        draft.Add(RetractionMapping.Key, document);
        return new MappedNote(draft.Resources, [], text, []);
    }
}
