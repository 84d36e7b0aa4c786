using ChwFhir.Fhir.Model;
using ChwFhir.Planning;

namespace ChwFhir.WriteBack;

/// <summary>By which of its identifiers a resource of the EHR is known to be one of ours.</summary>
internal static class Identified
{
    public static bool Is(Resource resource, Identifier identity) => Of(resource).Any(one => one.System == identity.System && one.Value == identity.Value);

    private static IEnumerable<Identifier> Of(Resource resource) => resource switch
    {
        Provenance provenance => provenance.Meta?.Tag.Select(tag => new Identifier { System = tag.System, Value = tag.Code }) ?? [],
        QuestionnaireResponse { Identifier: { } one } => [one],
        CarePlan plan => plan.Identifier,
        Goal goal => goal.Identifier,
        Condition condition => condition.Identifier,
        ServiceRequest request => request.Identifier,
        FhirTask task => task.Identifier,
        RelatedPerson person => person.Identifier,
        Encounter encounter => encounter.Identifier,
        Observation observation => observation.Identifier,
        Communication communication => communication.Identifier,
        DocumentReference document => document.Identifier,
        Consent consent => consent.Identifier,
        _ => [],
    };
}
