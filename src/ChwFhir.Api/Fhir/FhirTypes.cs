using ChwFhir.Mapping;

namespace ChwFhir.Api.Fhir;

using static ChwFhir.Api.Fhir.ParameterKind;

/// <summary>What is held here, and by what it is found: the parameters of R4 that US Core 7.0.0 asks for, and those by which parts of a note lead to each other.</summary>
internal static class FhirTypes
{
    private const string UsCore = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";
    private static readonly SearchParameter Status = new("status", Token, "status");
    private static readonly SearchParameter Category = new("category", Token, "category");
    private static readonly SearchParameter Encounter = new("encounter", Reference, "encounter");

    public static readonly IReadOnlyList<FhirType> All =
    [
        new("CarePlan", true, [$"{UsCore}careplan", OwnProfiles.ActionPlan, OwnProfiles.AfterVisitPlan],
        [
            Status, Category, Encounter,
            new("intent", Token, "intent"), new("date", Date, "period"), new("goal", Reference, "goal"), new("condition", Reference, "addresses"),
            new("activity-code", Token, "activity.detail.code"), new("activity-reference", Reference, "activity.reference"), new("care-team", Reference, "careTeam"),
        ]),
        new("Communication", true, [OwnProfiles.Message, OwnProfiles.AfterVisitInstructions],
        [
            Status, Category, Encounter,
            new("sent", Date, "sent"), new("received", Date, "received"), new("sender", Reference, "sender"), new("recipient", Reference, "recipient"), new("medium", Token, "medium"),
            new("based-on", Reference, "basedOn"), new("part-of", Reference, "partOf"),
        ]),
        new("Condition", true, [$"{UsCore}condition-problems-health-concerns", OwnProfiles.Need],
        [
            Category, Encounter,
            new("clinical-status", Token, "clinicalStatus"), new("verification-status", Token, "verificationStatus"), new("code", Token, "code"), new("onset-date", Date, "onsetDateTime", "onsetPeriod"),
            new("recorded-date", Date, "recordedDate"), new("asserter", Reference, "asserter"), new("evidence-detail", Reference, "evidence.detail"),
        ]),
        new("DocumentReference", true, [$"{UsCore}documentreference", OwnProfiles.VisitNote, OwnProfiles.AfterVisitSummary],
        [
            Status, Category,
            new("type", Token, "type"), new("date", Date, "date"), new("period", Date, "context.period"), new("author", Reference, "author"), new("encounter", Reference, "context.encounter"),
            new("related", Reference, "context.related"), new("relatesto", Reference, "relatesTo.target"), new("relation", Token, "relatesTo.code"), new("contenttype", Token, "content.attachment.contentType"),
        ]),
        new("Encounter", true, [$"{UsCore}encounter", OwnProfiles.Visit, OwnProfiles.HomeVisit],
        [
            Status,
            new("class", Token, "class"), new("type", Token, "type"), new("date", Date, "period"), new("participant", Reference, "participant.individual"), new("location", Reference, "location.location"),
            new("reason-reference", Reference, "reasonReference"),
        ]),
        new("Goal", true, [$"{UsCore}goal", OwnProfiles.Goal],
        [
            Category,
            new("lifecycle-status", Token, "lifecycleStatus"), new("achievement-status", Token, "achievementStatus"), new("start-date", Date, "startDate"), new("target-date", Date, "target.dueDate"),
        ]),
        new("Observation", true, [$"{UsCore}observation-screening-assessment", $"{UsCore}simple-observation", OwnProfiles.Screening, OwnProfiles.Symptom, OwnProfiles.AdvanceCarePlanning],
        [
            Status, Category, Encounter,
            new("code", Token, "code"), new("date", Date, "effectiveDateTime", "effectivePeriod", "effectiveInstant"), new("performer", Reference, "performer"), new("value-concept", Token, "valueCodeableConcept"),
            new("has-member", Reference, "hasMember"), new("derived-from", Reference, "derivedFrom"), new("focus", Reference, "focus"), new("part-of", Reference, "partOf"),
        ]),
        new("Provenance", false, [$"{UsCore}provenance", OwnProfiles.Provenance],
        [
            new("target", Reference, "target"), new("recorded", Date, "recorded"), new("when", Date, "occurredDateTime", "occurredPeriod"), new("agent", Reference, "agent.who"), new("entity", Reference, "entity.what"),
        ]),
        new("QuestionnaireResponse", true, [$"{UsCore}questionnaireresponse"],
        [
            Status, Encounter,
            new("authored", Date, "authored"), new("author", Reference, "author"), new("source", Reference, "source"), new("questionnaire", Reference, "questionnaire"), new("based-on", Reference, "basedOn"),
            new("part-of", Reference, "partOf"),
        ]),
        new("RelatedPerson", false, [$"{UsCore}relatedperson", OwnProfiles.Caregiver],
        [
            new("active", Token, "active"), new("relationship", Token, "relationship"),
        ]),
        new("ServiceRequest", true, [$"{UsCore}servicerequest", OwnProfiles.Referral],
        [
            Status, Category, Encounter,
            new("intent", Token, "intent"), new("priority", Token, "priority"), new("code", Token, "code"), new("authored", Date, "authoredOn"), new("occurrence", Date, "occurrenceDateTime", "occurrencePeriod"),
            new("requester", Reference, "requester"), new("performer", Reference, "performer"), new("based-on", Reference, "basedOn"),
        ]),
        new("Task", true, [OwnProfiles.ReplyTask, OwnProfiles.ReferralTask],
        [
            Status, Encounter,
            new("intent", Token, "intent"), new("priority", Token, "priority"), new("code", Token, "code"), new("authored-on", Date, "authoredOn"), new("modified", Date, "lastModified"), new("period", Date, "executionPeriod"),
            new("focus", Reference, "focus"), new("based-on", Reference, "basedOn"), new("requester", Reference, "requester"), new("owner", Reference, "owner"),
        ]),
    ];

    public static FhirType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}
