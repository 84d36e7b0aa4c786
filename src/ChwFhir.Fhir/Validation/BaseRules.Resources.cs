using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Clinical and administrative resources.
internal static partial class BaseRules
{
    private const string VerificationStatus = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private const string ClinicalStatus = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string AllergyVerification = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

    private static readonly Member StageAssessment = new(Condition.StageComponent.TheFacts, "assessment");
    private static readonly Member EvidenceCode = new(Condition.EvidenceComponent.TheFacts, "code");
    private static readonly Member EvidenceDetail = new(Condition.EvidenceComponent.TheFacts, "detail");
    private static readonly Member ConditionCategory = new(Condition.TheFacts, "category");
    private static readonly Member Components = new(Observation.TheFacts, "component");
    private static readonly Member OrderDetail = new(ServiceRequest.TheFacts, "orderDetail");
    private static readonly Member ParticipantType = new(Appointment.ParticipantComponent.TheFacts, "type");
    private static readonly Member OrganizationIdentifier = new(Organization.TheFacts, "identifier");
    private static readonly Member OrganizationTelecom = new(Organization.TheFacts, "telecom");
    private static readonly Member OrganizationAddress = new(Organization.TheFacts, "address");
    private static readonly Member ContactTelecom = new(Patient.ContactComponent.TheFacts, "telecom");
    private static readonly Member SectionEntry = new(Composition.SectionComponent.TheFacts, "entry");
    private static readonly Member SectionSection = new(Composition.SectionComponent.TheFacts, "section");
    private static readonly Member ListEntry = new(Model.List.TheFacts, "entry");
    private static readonly Member GroupMember = new(Group.TheFacts, "member");
    private static readonly Member ConsentPolicy = new(Consent.TheFacts, "policy");

    private static IEnumerable<Rule> OfResources() =>
    [
        On<CarePlan.ActivityComponent>("cpl-3", "an activity has a reference or details, and not both", it => it.Detail is null || it.Reference is null),
        On<CareTeam.ParticipantComponent>("ctm-1", "only a practitioner is in the team on behalf of somebody", (it, checker) => it.OnBehalfOf is null || it.Member is null || checker.TypeOf(it.Member) is var type && (type.IsEmpty || type.SequenceEqual("Practitioner"))),
        On<Condition>("con-3", "a problem of the problem list has a clinical status, unless entered in error", it => it.ClinicalStatus is not null || Has(it.VerificationStatus, VerificationStatus, "entered-in-error") || !ConditionCategory.In<CodeableConcept>(it).Exists(category => Has(category, "http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item"))),
        On<Condition>("con-4", "what has abated is resolved, in remission or inactive", it => it.Abatement is null || Has(it.ClinicalStatus, ClinicalStatus, "resolved") || Has(it.ClinicalStatus, ClinicalStatus, "remission") || Has(it.ClinicalStatus, ClinicalStatus, "inactive")),
        On<Condition>("con-5", "what was entered in error has no clinical status", it => it.ClinicalStatus is null || !Has(it.VerificationStatus, VerificationStatus, "entered-in-error")),
        On<Condition.StageComponent>("con-1", "a stage has a summary or an assessment", it => it.Summary is not null || StageAssessment.IsIn(it)),
        On<Condition.EvidenceComponent>("con-2", "evidence has a code or a reference", it => EvidenceCode.IsIn(it) || EvidenceDetail.IsIn(it)),
        On<Goal.TargetComponent>("gol-1", "a target's detail needs its measure", it => it.Detail is null || it.Measure is not null),
        On<Observation>("obs-6", "a reason for no value stands only where there is none", it => it.DataAbsentReason is null || it.Value is null),
        On<Observation>("obs-7", "a value stands in the component of the same code, not at the top", it => it.Value is null || it.Code is null || !ShareCoding(it.Code, Components.In<Observation.ComponentComponent>(it))),
        On<Observation.ReferenceRangeComponent>("obs-3", "a reference range has low, high or text", it => it.Low is not null || it.High is not null || it.Text is not null),
        On<ServiceRequest>("prr-1", "details of an order need its code", it => !OrderDetail.IsIn(it) || it.Code is not null),
        On<AllergyIntolerance>("ait-1", "an allergy has a clinical status, unless entered in error", it => it.ClinicalStatus is not null || Has(it.VerificationStatus, AllergyVerification, "entered-in-error")),
        On<AllergyIntolerance>("ait-2", "what was entered in error has no clinical status", it => it.ClinicalStatus is null || !Has(it.VerificationStatus, AllergyVerification, "entered-in-error")),
        On<Appointment>("app-2", "start and end, or neither", it => it.Start is null == it.End is null),
        On<Appointment>("app-3", "only a proposed, cancelled or waiting appointment has no time", it => (it.Start is not null && it.End is not null) || it.Status is Appointment.AppointmentStatus.Proposed or Appointment.AppointmentStatus.Cancelled or Appointment.AppointmentStatus.Waitlist),
        On<Appointment>("app-4", "only a cancelled or missed appointment has a reason for it", it => it.CancelationReason is null || it.Status is Appointment.AppointmentStatus.Noshow or Appointment.AppointmentStatus.Cancelled),
        On<Appointment.ParticipantComponent>("app-1", "a participant has a type or an actor", it => ParticipantType.IsIn(it) || it.Actor is not null),
        On<Composition.SectionComponent>("cmp-1", "a section has text, entries or sections", it => it.Text is not null || SectionEntry.IsIn(it) || SectionSection.IsIn(it)),
        On<Composition.SectionComponent>("cmp-2", "a section with entries has no reason for being empty", it => it.EmptyReason is null || !SectionEntry.IsIn(it)),
        On<Consent>("ppc-1", "a consent has a policy or a policy rule", it => ConsentPolicy.IsIn(it) || it.PolicyRule is not null),
        ConsentNeedsPatient("ppc-2", "patient-privacy"),
        ConsentNeedsPatient("ppc-3", "research"),
        ConsentNeedsPatient("ppc-4", "adr"),
        ConsentNeedsPatient("ppc-5", "treatment"),
        On<Group>("grp-1", "only an actual group has members", it => !GroupMember.IsIn(it) || it.Actual == true),
        On<Immunization.EducationComponent>("imm-1", "education has a document type or a reference", it => it.DocumentType is not null || it.Reference is not null),
        On<Model.List>("lst-1", "a list with entries has no reason for being empty", it => it.EmptyReason is null || !ListEntry.IsIn(it)),
        On<Model.List>("lst-2", "only a list of changes has deleted entries", it => it.Mode == ListMode.Changes || !ListEntry.In<Model.List.EntryComponent>(it).Exists(entry => entry.Deleted is not null)),
        On<Model.List>("lst-3", "only a working list has dates of entries", it => it.Mode == ListMode.Working || !ListEntry.In<Model.List.EntryComponent>(it).Exists(entry => entry.Date is not null)),
        On<Organization>("org-1", "an organization has a name or an identifier", it => it.Name is not null || OrganizationIdentifier.IsIn(it)),
        On<Organization>("org-2", "an organization has no home address", it => !OrganizationAddress.In<Address>(it).Exists(address => address.Use == Address.AddressUse.Home)),
        On<Organization>("org-3", "an organization has no telephone at home", it => !OrganizationTelecom.In<ContactPoint>(it).Exists(telecom => telecom.Use == ContactPoint.ContactPointUse.Home)),
        On<Patient.ContactComponent>("pat-1", "a contact has a name, telecom, address or organization", it => it.Name is not null || ContactTelecom.IsIn(it) || it.Address is not null || it.Organization is not null),
    ];

    // The specification's own expression compares with a placeholder system, so no real scope ever meets it.
    private static Rule ConsentNeedsPatient(string key, string scope) =>
        On<Consent>(key, "a consent of this scope needs its patient", it => it.Patient is not null || !Has(it.Scope, "something", scope));

    private static bool ShareCoding(CodeableConcept code, List<Observation.ComponentComponent> components)
    {
        if (components.Count == 0)
            return false;

        var codings = Codings.In<Coding>(code).Select(Said).ToHashSet();

        return components.Exists(component => component.Code is { } one && Codings.In<Coding>(one).Exists(coding => codings.Contains(Said(coding))));
    }

    private static (string?, string?, string?, string?, bool?) Said(Coding coding) => (coding.System, coding.Version, coding.Code, coding.Display, coding.UserSelected);
}
