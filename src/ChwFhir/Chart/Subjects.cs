using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>Whose a resource is: a server that answers with somebody else's is not believed.</summary>
internal static class Subjects
{
    public static bool IsOf(Resource resource, string patient) => resource switch
    {
        Appointment appointment => appointment.Participant.Any(one => Is(one.Actor, patient)),
        RelatedPerson person => Is(person.Patient, patient),
        EpisodeOfCare episode => Is(episode.Patient, patient),
        AllergyIntolerance allergy => Is(allergy.Patient, patient),
        Consent consent => Is(consent.Patient, patient),
        Immunization immunization => Is(immunization.Patient, patient),
        Coverage coverage => Is(coverage.Beneficiary, patient),
        FhirTask task => Is(task.For, patient),
        FhirCareTeam team => Is(team.Subject, patient),
        Condition condition => Is(condition.Subject, patient),
        MedicationRequest medicine => Is(medicine.Subject, patient),
        MedicationStatement medicine => Is(medicine.Subject, patient),
        Encounter encounter => Is(encounter.Subject, patient),
        DocumentReference document => Is(document.Subject, patient),
        Observation observation => Is(observation.Subject, patient),
        ServiceRequest request => Is(request.Subject, patient),
        Goal goal => Is(goal.Subject, patient),
        CarePlan plan => Is(plan.Subject, patient),
        Communication communication => Is(communication.Subject, patient),
        QuestionnaireResponse response => Is(response.Subject, patient),
        Procedure procedure => Is(procedure.Subject, patient),
        DiagnosticReport report => Is(report.Subject, patient),
        _ => false,
    };

    private static bool Is(ResourceReference? subject, string patient) =>
        subject?.Reference is { } reference && (reference == patient || reference.EndsWith("/" + patient, StringComparison.Ordinal) || reference.Contains($"/{patient}/_history/", StringComparison.Ordinal) || reference.StartsWith($"{patient}/_history/", StringComparison.Ordinal));
}
