using ChwFhir.Fhir.Model;

namespace ChwFhir.Planning;

/// <summary>What somebody in the EHR has ended is not revived by a visit that goes on speaking of it: not silently, and not by software.</summary>
internal static class OutOfForce
{
    /// <summary>Why nothing is written to it any more; null while it is in force, or when the visits ended it themselves.</summary>
    public static string? Why(KnownResource known)
    {
        var state = State(known.Body);
        return state is null || (known.Said is { } said && State(said.Applied ?? said.Body) == state) ? null : $"the EHR's {Name(known.Body)} is {state}";
    }

    private static string? State(Resource resource) => resource switch
    {
        CarePlan { Status: RequestStatus.Revoked or RequestStatus.EnteredInError or RequestStatus.Completed } plan => Word(plan.Status),
        Goal { LifecycleStatus: Goal.GoalLifecycleStatus.EnteredInError } => "entered in error",
        ServiceRequest { Status: RequestStatus.Revoked or RequestStatus.EnteredInError } request => Word(request.Status),
        FhirTask { Status: FhirTask.TaskStatus.EnteredInError } => "entered in error",
        Encounter { Status: Encounter.EncounterStatus.EnteredInError } => "entered in error",
        Observation { Status: ObservationStatus.EnteredInError } => "entered in error",
        Communication { Status: EventStatus.EnteredInError } => "entered in error",
        Condition condition => Verification(condition) switch { "entered-in-error" => "entered in error", "refuted" => "refuted", _ => null },
        _ => null,
    };

    private static string? Verification(Condition condition) => condition.VerificationStatus?.Coding.FirstOrDefault()?.Code ?? condition.VerificationStatus?.Text;

    private static string Word(RequestStatus? status) => status switch
    {
        RequestStatus.Revoked => "revoked",
        RequestStatus.Completed => "completed",
        _ => "entered in error",
    };

    private static string Name(Resource resource) => resource switch
    {
        CarePlan => "care plan",
        FhirTask => "task",
        ServiceRequest => "referral",
        Condition => "concern",
        _ => resource.TypeName.ToLowerInvariant(),
    };
}
