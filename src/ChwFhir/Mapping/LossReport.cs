namespace ChwFhir.Mapping;

/// <summary>
/// What of a note did not become data, and where it went: into the document's words (<c>kept-in-text</c>) or to this service alone
/// (<c>kept-with-service</c>). A gap in the mapping is seen here by a person, not found by accident. What is held from the chart is counted by the status.
/// </summary>
internal static class LossReport
{
    private const string InText = "kept-in-text";
    private const string WithService = "kept-with-service";

    internal static void Tell(Draft draft)
    {
        var note = draft.Note;
        Say(draft, note.Narrative is not null && !draft.Holds.Narrative, InText, "/narrative", "the narrative stands in the note's document as it was written; nothing of it became data");
        Say(draft, note.Sections.Any(section => !draft.Holds.Of(section)), InText, "/sections", "the sections stand in the note's document as they were written; nothing of them became data");
        Say(draft, note.Insights.Count > 0, InText, "/insights", "the insights stand in the note's document");
        Say(draft, note.WhatMatters is not null, InText, "/whatMatters", "what matters to the patient stands in the note's document, in the words given");
        Say(draft, note.MedicinesAtHome.Count > 0, InText, "/medicinesAtHome", "the medicines stand in the note's document; what a community health worker sees never becomes an order");
        Say(draft, note.Visit.Participants.Any(person => person.MayDiscuss is not null || person.LivesHere is not null), InText, "/visit/participants", "who may be spoken to and who lives there stands in the note's document");
        Say(draft, note.Home is not null, WithService, "/home", "access, pets and safety are for the team of community health workers; they are not written to the chart");
        Say(draft, note.FollowUp?.Ask.Count > 0, WithService, "/followUp/ask", "what to ask next time is for the team of community health workers; it is not written to the chart");
        Say(draft, note.Visit.Travel is not null, WithService, "/visit/travel", "the travel is for reports; it is not written to the chart");
        Say(draft, note.Time.Count > 0, WithService, "/time", "the time spent is for reports; it is not written to the chart");
        Say(draft, note.Consents.Count > 0, WithService, "/consents", "the consents are for reports; they are not written to the chart");
    }

    private static void Say(Draft draft, bool isSo, string code, string pointer, string detail)
    {
        if (isSo)
            draft.Inform(code, pointer, detail);
    }
}
