using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake;

/// <summary>A community health worker's note of one visit, read and checked. Shape and words: the visit note of the public contract, schema version 1.</summary>
public sealed record VisitNote
{
    public int SchemaVersion { get; init; } = 1;
    /// <summary>The caller's id, unique for this EHR: 1–64 of <c>A-Za-z0-9._-</c>.</summary>
    public required string Id { get; init; }
    /// <summary>BCP 47 tag of the note's own words; null when not said.</summary>
    public string? Language { get; init; }
    public DateTimeOffset? Authored { get; init; }
    public required NotePatient Patient { get; init; }
    public required NoteAuthor Author { get; init; }
    public NoteProgramme? Programme { get; init; }
    public required Visit Visit { get; init; }
    public IReadOnlyList<Insight> Insights { get; init; } = [];
    public WhatMatters? WhatMatters { get; init; }
    /// <summary>Free text or Markdown, as written.</summary>
    public string? Narrative { get; init; }
    public Hold? NarrativeHold { get; init; }
    public IReadOnlyList<NoteSection> Sections { get; init; } = [];
    public IReadOnlyList<Concern> Concerns { get; init; } = [];
    public IReadOnlyList<Screening> Screenings { get; init; } = [];
    public IReadOnlyList<Symptom> Symptoms { get; init; } = [];
    public IReadOnlyList<Vital> Vitals { get; init; } = [];
    public IReadOnlyList<MedicineAtHome> MedicinesAtHome { get; init; } = [];
    public IReadOnlyList<NoteGoal> Goals { get; init; } = [];
    public IReadOnlyList<Referral> Referrals { get; init; } = [];
    public IReadOnlyList<Education> Education { get; init; } = [];
    public AdvanceCarePlanning? AdvanceCarePlanning { get; init; }
    public IReadOnlyList<NoteMessage> Messages { get; init; } = [];
    public FollowUp? FollowUp { get; init; }
    public HomeNotes? Home { get; init; }
    public IReadOnlyList<NoteConsent> Consents { get; init; } = [];
    public IReadOnlyList<TimeEntry> Time { get; init; } = [];
    public IReadOnlyList<NoteAttachment> Attachments { get; init; } = [];
    /// <summary>Security labels of what came as FHIR; each resource made of it bears them.</summary>
    public IReadOnlyList<Coding> Labels { get; init; } = [];

    /// <summary>The time that stands for the note wherever FHIR wants one: authored, else the visit's end, else its start.</summary>
    public DateTimeOffset When => Authored ?? Visit.End ?? Visit.Start;
}
