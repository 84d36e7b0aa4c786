using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Parts;

/// <summary>The whole visit note, member by member in the order of the contract.</summary>
internal static class VisitNotePart
{
    public static readonly Part<VisitNote> Shape = new(note => new VisitNote
    {
        SchemaVersion = note.Optional("schemaVersion", VersionKind.One) ?? 1,
        Id = note.RequiredId("id"),
        Language = note.Optional("language", Kinds.Language),
        Authored = note.Time("authored"),
        Patient = note.Required("patient", PeopleParts.Patient)!,
        Author = note.Required("author", PeopleParts.Author)!,
        Programme = note.Optional("programme", ProgrammePart.Shape),
        Visit = note.Required("visit", VisitParts.Visit)!,
        Insights = note.List("insights", StoryParts.Insights),
        WhatMatters = note.Optional("whatMatters", StoryParts.WhatMatters),
        Narrative = note.Text("narrative"),
        NarrativeHold = note.Optional("narrativeHold", HoldPart.Shape),
        Sections = note.List("sections", StoryParts.Sections),
        Concerns = note.List("concerns", ConcernPart.List),
        Screenings = note.List("screenings", ScreeningParts.List),
        Symptoms = note.List("symptoms", BodyParts.Symptoms),
        Vitals = note.List("vitals", BodyParts.Vitals),
        MedicinesAtHome = note.List("medicinesAtHome", BodyParts.Medicines),
        Goals = note.List("goals", GoalParts.List),
        Referrals = note.List("referrals", ReferralParts.List),
        Education = note.List("education", StoryParts.Education),
        AdvanceCarePlanning = note.Optional("advanceCarePlanning", AdvanceCareParts.Shape),
        Messages = note.List("messages", MessageParts.List),
        FollowUp = note.Optional("followUp", TeamParts.FollowUp),
        Home = note.Optional("home", TeamParts.Home),
        Consents = note.List("consents", TeamParts.Consents),
        Time = note.List("time", TeamParts.Time),
        Attachments = note.List("attachments", TeamParts.Attachments),
    });
}
