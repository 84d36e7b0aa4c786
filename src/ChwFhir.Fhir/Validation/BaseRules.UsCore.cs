using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// The invariants of US Core 7.0.0 and of the profiles that it builds on.
internal static partial class BaseRules
{
    private static readonly Member HasMember = new(Observation.TheFacts, "hasMember");
    private static readonly Member RoleTelecom = new(PractitionerRole.TheFacts, "telecom");
    private static readonly Member RoleEndpoint = new(PractitionerRole.TheFacts, "endpoint");
    private static readonly Member RoleService = new(PractitionerRole.TheFacts, "healthcareService");
    private static readonly Member RoleLocation = new(PractitionerRole.TheFacts, "location");
    private static readonly Member RelatedName = new(RelatedPerson.TheFacts, "name");
    private static readonly Member Relationship = new(RelatedPerson.TheFacts, "relationship");

    private static IEnumerable<Rule> OfUsCore() =>
    [
        new("us-core-1", "the time is known to the day at least", static (it, _) => it is not FhirDateTime { Value: { } time } || time.Length >= 10),
        new("us-core-3", "a coded unit is one of UCUM", static (it, _) => it is not Quantity { System: { } system } || system == Ucum),
        new("us-core-4", "a coded result should have a SNOMED CT code", static (it, _) => it is not CodeableConcept concept || concept.Coding.TrueForAll(coding => coding.System is null) || concept.Coding.Exists(coding => coding.System == "http://snomed.info/sct"), IsWarning: true),
        On<Observation>("us-core-2", "a value or the reason for none, unless components or members have it", HasValue),
        On<Observation>("vs-2", "a value or the reason for none, unless components or members have it", HasValue),
        new("vs-1", "the time is known to the day at least", static (it, _) => it is not FhirDateTime { Value: { } time } || time.Length >= 8),
        On<Observation.ComponentComponent>("vs-3", "a component has a value or the reason for none", it => it.Value is not null || it.DataAbsentReason is not null),
        On<Observation.ComponentComponent>("us-core-26", "a component has a value or the reason for none", it => it.Value is not null || it.DataAbsentReason is not null),
        On<Observation.ReferenceRangeComponent>("us-core-22", "coded units are of UCUM", it => it.Low?.System is null or Ucum && it.High?.System is null or Ucum),
        On<Observation>("us-core-24", "this status is told as a concept", it => !HasCode(it.Code, "72166-2", "11367-0") || it.Value is CodeableConcept),
        On<Observation>("us-core-25", "packs are told as a quantity", it => !HasCode(it.Code, "401201003", "782516008") || it.Value is Quantity),
        On<Attachment>("us-core-6", "an attachment has data or an address", it => it.Url is not null || it.Data is not null),
        On<Procedure>("us-core-7", "a procedure under way or done has its time", it => it.Status is not (EventStatus.Completed or EventStatus.InProgress) || it.Performed is not null),
        On<DiagnosticReport>("us-core-8", "a report has the time it is about", it => !IsReported(it) || it.Effective is not null),
        On<DiagnosticReport>("us-core-9", "a report has the time it was issued", it => !IsReported(it) || it.Issued is not null),
        On<DiagnosticReport>("us-core-10", "a report has the time it is about", it => !IsReported(it) || it.Effective is not null),
        On<Immunization>("us-core-5", "a CVX code should have an NDC code beside it", it => it.VaccineCode?.Coding is not { } codings || !codings.Exists(coding => coding.System == "http://hl7.org/fhir/sid/cvx") || codings.Exists(coding => coding.System == "http://hl7.org/fhir/sid/ndc")),
        On<PractitionerRole>("us-core-13", "a role has a practitioner, organization, service or location", it => it.Practitioner is not null || it.Organization is not null || RoleService.IsIn(it) || RoleLocation.IsIn(it)),
        On<PractitionerRole>("pd-1", "a role has telecom or an endpoint", it => RoleTelecom.IsIn(it) || RoleEndpoint.IsIn(it)),
        On<RelatedPerson>("us-core-14", "a name or a relationship", it => RelatedName.IsIn(it) || Relationship.IsIn(it)),
        On<Coverage>("us-core-15", "a member's number or the subscriber's", it => it.SubscriberId is not null || it.Identifier.Exists(identifier => Has(identifier.Type, "http://terminology.hl7.org/CodeSystem/v2-0203", "MB"))),
        On<Identifier>("us-core-16", "an NPI has ten digits", it => it.Value is { Length: 10 } value && !value.AsSpan().ContainsAnyExceptInRange('0', '9')),
        On<Identifier>("us-core-17", "an NPI's last digit fits the others", it => it.Value is { } value && IsNpi(value)),
        On<Identifier>("us-core-18", "a CLIA number is two digits, D and seven digits", it => it.Value is [_, _, 'D', ..] and { Length: 10 } value && !value.Remove(2, 1).AsSpan().ContainsAnyExceptInRange('0', '9')),
        On<Identifier>("us-core-19", "a NAIC number has five digits", it => it.Value is { Length: 5 } value && !value.AsSpan().ContainsAnyExceptInRange('0', '9')),
        On<MedicationRequest>("us-core-21", "an order has who asked for it", it => it.Requester is not null || it.Intent is not (MedicationRequest.MedicationRequestIntent.Order or MedicationRequest.MedicationRequestIntent.OriginalOrder or MedicationRequest.MedicationRequestIntent.ReflexOrder or MedicationRequest.MedicationRequestIntent.FillerOrder or MedicationRequest.MedicationRequestIntent.InstanceOrder)),
        On<Extension>("us-core-23", "unknown and asked but unknown stand alone", it => OmbCategories(it) is var found && (found.Count == 1 || !found.Exists(extension => extension.Value is Coding { Code: "ASKU" or "UNK" }))),
        On<Provenance.AgentComponent>("provenance-1", "a practitioner or a device acts on behalf of somebody", (it, checker) => it.OnBehalfOf is not null || it.Who is null || checker.TypeOf(it.Who) is var type && !type.SequenceEqual("Practitioner") && !type.SequenceEqual("Device")),
        On<QuestionnaireResponse>("sdcqr-1", "answers should have whom they are about", it => it.Subject is not null),
        On<QuestionnaireResponse>("sdcqr-2", "a linkId stands once among its siblings", it => AreSiblingsDistinct(it.Item)),
    ];

    private static bool HasValue(Observation it) => it.Value is not null || it.DataAbsentReason is not null || Components.IsIn(it) || HasMember.IsIn(it);

    private static bool IsReported(DiagnosticReport it) => it.Status is DiagnosticReport.DiagnosticReportStatus.Partial
        or DiagnosticReport.DiagnosticReportStatus.Preliminary or DiagnosticReport.DiagnosticReportStatus.Final or DiagnosticReport.DiagnosticReportStatus.Amended
        or DiagnosticReport.DiagnosticReportStatus.Corrected or DiagnosticReport.DiagnosticReportStatus.Appended;

    private static bool HasCode(CodeableConcept? concept, string one, string other) =>
        concept is not null && Codings.In<Coding>(concept).Exists(coding => coding.Code == one || coding.Code == other);

    private static List<Extension> OmbCategories(Extension it) => it.Extension.FindAll(extension => extension.Url == "ombCategory");

    // Luhn's sum over 80840 and the ten digits: https://hl7.org/fhir/us/core/STU7/StructureDefinition-us-core-practitioner.html
    private static bool IsNpi(string value)
    {
        if (value.Length != 10 || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return true; // us-core-16 says so

        var sum = 24;
        for (var i = 0; i < 10; i++)
        {
            var digit = value[i] - '0';
            sum += i % 2 == 1 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
        }

        return sum % 10 == 0;
    }

    private static bool AreSiblingsDistinct(List<QuestionnaireResponse.ItemComponent> items) =>
        AreDistinct(items.Where(item => item.Answer.Count > 0).Select(item => item.LinkId))
        && items.TrueForAll(item => AreSiblingsDistinct(item.Item) && item.Answer.TrueForAll(answer => AreSiblingsDistinct(answer.Item)));
}
