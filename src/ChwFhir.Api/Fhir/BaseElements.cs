namespace ChwFhir.Api.Fhir;

/// <summary>Of each type the elements without which it says nothing or something else (mandatory and modifying ones), and those of its summary, as R4 marks them (Σ). <c>*</c>: of whatever type.</summary>
internal static class BaseElements
{
    /// <summary>These stand in whatever is left of a resource.</summary>
    public static readonly IReadOnlyList<string> Everywhere = ["resourceType", "id", "meta", "implicitRules", "modifierExtension"];

    private static readonly Dictionary<string, (string[] Always, string[] Summary)> All = new(StringComparer.Ordinal)
    {
        ["CarePlan"] = (["status", "intent", "subject"],
            ["identifier", "instantiatesCanonical", "instantiatesUri", "basedOn", "replaces", "partOf", "category", "title", "description", "encounter", "period", "created", "author", "addresses"]),
        ["Communication"] = (["status"],
            ["identifier", "instantiatesCanonical", "instantiatesUri", "basedOn", "partOf", "statusReason", "priority", "subject", "encounter", "reasonCode", "reasonReference"]),
        ["Condition"] = (["clinicalStatus", "verificationStatus", "subject"], ["identifier", "code", "bodySite", "encounter", "onset*", "recordedDate", "recorder", "asserter", "evidence"]),
        ["DocumentReference"] = (["status", "content"], ["masterIdentifier", "identifier", "docStatus", "type", "category", "subject", "date", "author", "relatesTo", "description", "securityLabel", "context"]),
        ["Encounter"] = (["status", "class"], ["identifier", "type", "serviceType", "subject", "episodeOfCare", "participant", "appointment", "reasonCode", "reasonReference", "diagnosis"]),
        ["Goal"] = (["lifecycleStatus", "description", "subject"], ["identifier", "achievementStatus", "category", "priority", "start*", "statusDate", "expressedBy"]),
        ["Observation"] = (["status", "code"],
            ["identifier", "basedOn", "partOf", "subject", "focus", "encounter", "effective*", "issued", "performer", "value*", "hasMember", "derivedFrom", "component"]),
        ["Provenance"] = (["target", "recorded", "agent"], []),
        ["QuestionnaireResponse"] = (["status"], ["identifier", "basedOn", "partOf", "questionnaire", "subject", "encounter", "authored", "author", "source"]),
        ["RelatedPerson"] = (["active", "patient"], ["identifier", "relationship", "name", "telecom", "gender", "birthDate", "address"]),
        ["ServiceRequest"] = (["status", "intent", "doNotPerform", "subject"],
            ["identifier", "instantiatesCanonical", "instantiatesUri", "basedOn", "replaces", "requisition", "category", "priority", "code", "orderDetail", "quantity*", "encounter", "occurrence*", "asNeeded*",
             "authoredOn", "requester", "performerType", "performer", "locationCode", "locationReference", "reasonCode", "reasonReference", "specimen", "bodySite"]),
        ["Task"] = (["status", "intent"],
            ["identifier", "instantiatesCanonical", "instantiatesUri", "basedOn", "groupIdentifier", "partOf", "statusReason", "businessStatus", "code", "description", "focus", "for", "encounter", "executionPeriod",
             "lastModified", "requester", "owner", "location"]),
    };

    public static IReadOnlyList<string> Always(string type) => All[type].Always;

    public static IReadOnlyList<string> Summary(string type) => All[type].Summary;
}
