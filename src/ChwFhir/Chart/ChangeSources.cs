using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>All that a change can be found in.</summary>
internal sealed record ChangeSources(
    Task<Answered<Condition>> Conditions, Task<Answered<AllergyIntolerance>> Allergies, Task<Answered<MedicationRequest>> Requests, Task<Answered<MedicationStatement>> Statements,
    Task<Answered<Encounter>> Encounters, Task<Answered<Appointment>> Appointments, Task<Answered<ServiceRequest>> ServiceRequests, Task<Answered<FhirTask>> Tasks,
    Task<Answered<Goal>> Goals, Task<Answered<CarePlan>> Plans, Task<IReadOnlyList<MessageView>> Messages);
