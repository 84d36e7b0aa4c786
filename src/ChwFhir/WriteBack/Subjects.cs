using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.WriteBack;

/// <summary>Whose a resource of the EHR is.</summary>
internal static class Subjects
{
    /// <summary>False for another patient's; true for this one's and for what names nobody.</summary>
    public static bool MayBeOf(Resource resource, string patient) =>
        Of(resource)?.Reference is not { } subject || !FhirReference.TryParse(subject, out var parsed) || parsed.Type != "Patient" || $"{parsed.Type}/{parsed.Id}" == patient;

    /// <summary>It is this patient's and says so.</summary>
    public static bool Are(Resource resource, string patient) => Of(resource)?.Reference == patient;

    private static ResourceReference? Of(Resource resource) => resource switch
    {
        DocumentReference document => document.Subject,
        Observation observation => observation.Subject,
        Condition condition => condition.Subject,
        CarePlan plan => plan.Subject,
        Goal goal => goal.Subject,
        Communication communication => communication.Subject,
        Encounter encounter => encounter.Subject,
        ServiceRequest request => request.Subject,
        FhirTask task => task.For,
        QuestionnaireResponse response => response.Subject,
        RelatedPerson person => person.Patient,
        Consent consent => consent.Patient,
        _ => null,
    };
}
