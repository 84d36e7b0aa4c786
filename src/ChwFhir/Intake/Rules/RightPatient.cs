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

        var own = patient.Reference is { } text && FhirReference.TryParse(text, out var parsed) ? parsed : null;
        var compare = new Comparison(own, patient.Identifier is not null, trail);
        foreach (var (place, participant) in NoteRules.Each("/visit/participants", note.Visit?.Participants ?? []))
            compare.Check(participant, place);
        foreach (var (place, concern) in NoteRules.Each("/concerns", note.Concerns))
        {
            compare.Check(concern.Owner, $"{place}/owner");
            compare.Check(concern.Hold, place);
        }

        foreach (var (place, referral) in NoteRules.Each("/referrals", note.Referrals))
            compare.Check(referral.Organization, $"{place}/organization");
        foreach (var (place, message) in NoteRules.Each("/messages", note.Messages))
        {
            compare.Check(message.To, $"{place}/to");
            compare.Check(message.Hold, place);
        }

        compare.Check(note.NarrativeHold?.For ?? [], "/narrativeHold/for");
        foreach (var (place, section) in NoteRules.Each("/sections", note.Sections))
            compare.Check(section.Hold, place);
        foreach (var (place, screening) in NoteRules.Each("/screenings", note.Screenings))
            compare.Check(screening.Hold, place);
        foreach (var (place, symptom) in NoteRules.Each("/symptoms", note.Symptoms))
            compare.Check(symptom.Hold, place);
    }

    private sealed class Comparison(FhirReference? own, bool identified, Trail trail)
    {
        public void Check<T>(PersonRef? person, T place)
        {
            if (person?.Reference is { } reference)
                CheckOne(reference, $"{place}/reference");
        }

        public void Check(Hold? hold, NoteRules.Place place)
        {
            if (hold is { For.Count: > 0 })
                Check(hold.For, $"{place}/hold/for");
        }

        public void Check(IReadOnlyList<string> recipients, string list)
        {
            foreach (var (place, recipient) in NoteRules.Each(list, recipients))
                CheckOne(recipient, $"{place}");
        }

        private void CheckOne(string reference, string pointer)
        {
            if (!FhirReference.TryParse(reference, out var other) || other.Type != "Patient")
                return;
            if (own is null && identified)
                trail.Warn("patient-not-compared", pointer, "refers to a patient by reference, while the note names its patient by identifier: they could not be compared");
            else if (own is not null && !own.MayBe(other))
                trail.FaultAt(pointer, "another-patient", "refers to another patient than the note's");
        }
    }
}
