using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>A resource as one that should never have been written: each type says so in its own way.</summary>
internal static class EnteredInError
{
    public const string Code = "entered-in-error";
    private const string Verification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

    /// <summary>Null for a type that has no way to say it.</summary>
    public static Resource? Of(Resource resource)
    {
        var copy = (Resource)resource.DeepCopy();
        switch (copy)
        {
            case Encounter encounter: encounter.Status = Encounter.EncounterStatus.EnteredInError; break;
            case DocumentReference document: (document.Status, document.DocStatus) = (DocumentReferenceStatus.EnteredInError, CompositionStatus.EnteredInError); break;
            case Observation observation: observation.Status = ObservationStatus.EnteredInError; break;
            // FHIR wants no clinical status beside it (con-5).
            case Condition condition: (condition.VerificationStatus, condition.ClinicalStatus) = (new CodeableConcept(Verification, Code), null); break;
            case Communication communication: communication.Status = EventStatus.EnteredInError; break;
            case FhirTask task: task.Status = FhirTask.TaskStatus.EnteredInError; break;
            case ServiceRequest request: request.Status = RequestStatus.EnteredInError; break;
            case Goal goal: goal.LifecycleStatus = Goal.GoalLifecycleStatus.EnteredInError; break;
            case CarePlan plan: plan.Status = RequestStatus.EnteredInError; break;
            case QuestionnaireResponse response: response.Status = QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError; break;
            case RelatedPerson person: person.Active = false; break;
            default: return null;
        }
        return copy;
    }
}
