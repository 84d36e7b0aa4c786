using ChwFhir.Intake.Shapes;

namespace ChwFhir.Intake.Rules;

/// <summary>Everything in a note is about one patient. A reference to another one means that two notes were mixed up, and nothing of it may reach a chart.</summary>
internal static class RightPatient
{
    public static void Check(VisitNote note, IntakeOptions options, Trail trail)
    {
        if (note.Patient is not { } patient)
            return;
        if (options.RequirePatientCheck && patient.Check is null)
            trail.FaultAt("/patient/check", "required", "is required here: the patient's birthDate or familyName, to be compared with the chart");

        FhirReference? own = patient.Reference is { } text && FhirReference.TryParse(text, out var parsed) ? parsed : null;
        foreach (var (pointer, reference) in References(note))
        {
            if (reference is null || !FhirReference.TryParse(reference, out var other) || other.Type != "Patient")
                continue;
            if (own is null && patient.Identifier is not null)
                trail.Warn("patient-not-compared", pointer, "refers to a patient by reference, while the note names its patient by identifier: they could not be compared");
            else if (own is not null && !own.MayBe(other))
                trail.FaultAt(pointer, "another-patient", "refers to another patient than the note's");
        }
    }

    private static IEnumerable<(string Pointer, string? Reference)> References(VisitNote note) =>
    [
        .. from p in NoteRules.Each("/visit/participants", note.Visit?.Participants ?? []) select ($"{p.Pointer}/reference", p.Entry.Reference),
        .. from c in NoteRules.Each("/concerns", note.Concerns) select ($"{c.Pointer}/owner/reference", c.Entry.Owner?.Reference),
        .. from r in NoteRules.Each("/referrals", note.Referrals) select ($"{r.Pointer}/organization/reference", r.Entry.Organization?.Reference),
        .. from m in NoteRules.Each("/messages", note.Messages) from to in NoteRules.Each($"{m.Pointer}/to", m.Entry.To) select (to.Pointer, (string?)to.Entry),
        .. from hold in Holds(note) from to in NoteRules.Each($"{hold.Pointer}/for", hold.Hold?.For ?? []) select (to.Pointer, (string?)to.Entry),
    ];

    private static IEnumerable<(string Pointer, Hold? Hold)> Holds(VisitNote note) =>
    [
        ("/narrativeHold", note.NarrativeHold),
        .. from s in NoteRules.Each("/sections", note.Sections) select ($"{s.Pointer}/hold", s.Entry.Hold),
        .. from c in NoteRules.Each("/concerns", note.Concerns) select ($"{c.Pointer}/hold", c.Entry.Hold),
        .. from s in NoteRules.Each("/screenings", note.Screenings) select ($"{s.Pointer}/hold", s.Entry.Hold),
        .. from s in NoteRules.Each("/symptoms", note.Symptoms) select ($"{s.Pointer}/hold", s.Entry.Hold),
        .. from m in NoteRules.Each("/messages", note.Messages) select ($"{m.Pointer}/hold", m.Entry.Hold),
    ];
}
