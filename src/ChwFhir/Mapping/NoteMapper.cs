using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A checked note to FHIR: pure. The same note, resolution and settings give the same resources, byte for byte.</summary>
public static class NoteMapper
{
    /// <param name="contentHash">SHA-256 of the note's canonical JSON, as the reader gives it; stands in the Provenance.</param>
    public static MappedNote Map(VisitNote note, string contentHash, ResolvedNote resolved, MappingOptions options)
    {
        var draft = new Draft(note, contentHash, resolved, options);
        UnresolvedPeople.Report(draft);

        CaregiverMapping.Map(draft);
        EncounterMapping.Map(draft);
        ConcernMapping.Map(draft);
        GoalMapping.Map(draft);
        ScreeningMapping.Map(draft);
        ProposedConcernMapping.Map(draft);
        SymptomMapping.Map(draft);
        VitalMapping.Map(draft);
        AdvanceCarePlanningMapping.Map(draft);
        ReferralMapping.Map(draft);
        CarePlanMapping.Map(draft);

        var alerts = Alerts.Of(draft, RedFlags.Find(draft));
        CommunicationMapping.Map(draft, alerts);
        AttachmentMapping.Map(draft);
        HeldTextMapping.Map(draft);
        var document = DocumentMapping.Map(draft, alerts);
        ProvenanceMapping.Map(draft);
        LossReport.Tell(draft);

        return new MappedNote(draft.Resources, draft.Held, document, draft.Issues) { Flags = draft.Flags };
    }

    /// <summary>A message that came by itself: as itself, and as a document of its own where the EHR has no other place for it.</summary>
    /// <param name="asDocument">A document is made of it.</param>
    /// <param name="withEncounter">The EHR files no document without an encounter.</param>
    public static MappedNote MapMessage(VisitNote note, string contentHash, ResolvedNote resolved, MappingOptions options, bool asDocument, bool withEncounter)
    {
        var draft = new Draft(note, contentHash, resolved, options);
        UnresolvedPeople.Report(draft);
        if (asDocument && withEncounter)
            EncounterMapping.Map(draft);

        var alerts = Alerts.Of(draft, RedFlags.Find(draft));
        CommunicationMapping.Map(draft, alerts);
        var document = asDocument ? DocumentMapping.Map(draft, alerts) : "";
        ProvenanceMapping.Map(draft);

        return new MappedNote(draft.Resources, draft.Held, document, draft.Issues) { Flags = draft.Flags };
    }

    /// <summary>What somebody of the care team files: a document of theirs and nothing else.</summary>
    /// <param name="withEncounter">The EHR files no document without an encounter.</param>
    public static MappedNote MapTeamNote(VisitNote note, string contentHash, ResolvedNote resolved, MappingOptions options, bool withEncounter)
    {
        var draft = new Draft(note, contentHash, resolved, options);
        UnresolvedPeople.Report(draft);
        if (withEncounter)
            EncounterMapping.Map(draft);
        var document = DocumentMapping.Map(draft, TeamDocument.Of(draft), TeamDocument.Title(note));
        ProvenanceMapping.Map(draft);

        return new MappedNote(draft.Resources, draft.Held, document, draft.Issues);
    }
}
