using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;

namespace ChwFhir.Mapping;

/// <summary>A completed screening to FHIR, pure: the form as it was sent, what its answers say, the concerns that they propose, and a document for whoever reads no forms.</summary>
public static class ScreeningMapper
{
    /// <param name="withEncounter">The EHR files no document without an encounter.</param>
    public static MappedNote Map(CompletedScreening screening, string contentHash, ResolvedNote resolved, MappingOptions options, bool withEncounter)
    {
        var draft = new Draft(screening.AsNote, contentHash, resolved, options) { Sent = screening };
        UnresolvedPeople.Report(draft);

        if (withEncounter || screening.Encounter is not null || resolved.Encounter is not null)
            EncounterMapping.Map(draft);
        ScreeningMapping.Map(draft);
        ProposedConcernMapping.Map(draft);

        var alerts = Alerts.Of(draft, RedFlags.Find(draft));
        CommunicationMapping.Map(draft, alerts);
        HeldTextMapping.Map(draft);
        // Which instrument was used says what was asked about.
        List<string> forms = [.. draft.Note.Screenings.Where(one => !ScreeningMapping.IsWhollyHeld(draft, one)).Select(one => InstrumentForms.Of(one.Instrument).Title)];
        var form = forms.Count == 0 ? null : Phrases.And([.. forms]);
        var document = DocumentMapping.Map(draft, ScreeningDocument.Of(draft, alerts, form), form ?? "Screening");
        ProvenanceMapping.Map(draft, form is null ? "Screening" : $"Screening {form}", screening.When, screening.Authored, draft.Signed());
        Labels.Put(draft, screening.Response.Meta?.Security ?? []);

        return new MappedNote(draft.Resources, draft.Held, document, draft.Issues) { Flags = draft.Flags };
    }
}
