using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>What the resources of a document say, as the lists of a summary.</summary>
internal sealed class EntrySayings(BundleEntries entries)
{
    private const string ClinicalStatus = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private const string Verification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);

    public List<SummaryDiagnosis> Diagnoses { get; } = [];
    public List<SummaryMedication> Medications { get; } = [];
    public List<SummaryInstruction> Instructions { get; } = [];
    public List<SummaryFollowUp> FollowUps { get; } = [];
    public List<SummaryGoal> Goals { get; } = [];
    public List<SummaryConcern> Concerns { get; } = [];
    public IReadOnlyList<SummaryPerson> Caregivers => [.. entries.All<RelatedPerson>().Select(person => new SummaryPerson(Sayings.Name(person.Name), person.Relationship.Select(relation => relation.Text()).FirstOrDefault(), Sayings.Phone(person.Telecom)))];

    /// <summary>One line for each kind of resource that stays text.</summary>
    public IEnumerable<NoteIssue> Issues => _kept.Select(kind => new NoteIssue("information", "kept-in-text", kind.Value, $"Entries of type {kind.Key} stay text; the original has them."));

    public void Take(IEnumerable<(Resource Resource, string Pointer)> used)
    {
        foreach (var (resource, pointer) in used)
            Take(resource, pointer);
    }

    /// <summary>A resource in a line, for a section that has entries and no text.</summary>
    public static string? Words(Resource? resource) => resource switch
    {
        DomainResource { Text.Div: { } div } when Narratives.Text(div).Replace('\n', ' ') is { Length: > 0 } text => text,
        MedicationRequest request => request.Medication is CodeableConcept medicine ? medicine.Text() : null,
        MedicationStatement statement => statement.Medication is CodeableConcept medicine ? medicine.Text() : null,
        Condition condition => condition.Code.Text(),
        Goal goal => goal.Description.Text(),
        CarePlan plan => Sayings.Trimmed(plan.Description) ?? Sayings.Trimmed(plan.Title),
        Appointment appointment => Sayings.Trimmed(appointment.Description),
        ServiceRequest request => request.Code.Text(),
        Observation observation => observation.Code.Text(),
        Procedure procedure => procedure.Code.Text(),
        _ => null,
    };

    private void Take(Resource resource, string pointer)
    {
        switch (resource)
        {
            case MedicationRequest { Status: MedicationRequest.MedicationrequestStatus.EnteredInError } or MedicationStatement { Status: MedicationStatement.MedicationStatusCodes.EnteredInError }:
            case Condition condition when condition.VerificationStatus.Has(Verification, "entered-in-error") || condition.VerificationStatus.Has(Verification, "refuted"):
                break;
            case MedicationRequest request:
                Medicine(request.Medication, request.DosageInstruction, MedicineStatus(request.Status?.ToString()), request.DoNotPerform is true ? MedicationChange.Stopped : null, Sayings.Trimmed(request.AuthoredOn), null);
                break;
            case MedicationStatement statement:
                var period = statement.Effective as Period;
                Medicine(statement.Medication, statement.Dosage, MedicineStatus(statement.Status?.ToString()), null, Sayings.Date(statement.Effective), Sayings.Trimmed(period?.End));
                break;
            case Condition condition when condition.Code.Text() is { } text:
                var status = condition.ClinicalStatus?.Coding.Find(coding => coding.System == ClinicalStatus)?.Code;
                if (condition.Category.SelectMany(category => category.Coding).Any(coding => coding.Code == "health-concern"))
                    Concerns.Add(new SummaryConcern(text, condition.Code.Code(), status));
                else
                    Diagnoses.Add(new SummaryDiagnosis(text, condition.Code.Code(), status switch { "active" or "recurrence" or "relapse" => "active", "inactive" or "remission" => "inactive", "resolved" => "resolved", _ => null }, Sayings.Date(condition.Onset)));
                break;
            case Goal goal when goal.Description.Text() is { } text:
                Goals.Add(new SummaryGoal(text, Sayings.Date(goal.Start), goal.Target.Select(target => Sayings.Date(target.Due)).FirstOrDefault(due => due is not null)));
                break;
            case CarePlan plan:
                Plan(plan, pointer);
                break;
            case Appointment { Status: not (Appointment.AppointmentStatus.Cancelled or Appointment.AppointmentStatus.EnteredInError) } appointment:
                Visit(appointment);
                break;
            case ServiceRequest { DoNotPerform: not true, Status: not (RequestStatus.Revoked or RequestStatus.EnteredInError or RequestStatus.Completed) } request when request.Code.Text() is { } text:
                var who = request.Performer.Select(Name).FirstOrDefault(name => name is not null);
                FollowUps.Add(new SummaryFollowUp(Sayings.Trimmed(request.PatientInstruction) is { } told ? $"{text}: {told}" : text, who, Sayings.Date(request.Occurrence), null, FollowUpKind.Planned));
                break;
            default:
                _kept.TryAdd(resource.TypeName, pointer);
                break;
        }
    }

    private void Medicine(DataType? medication, List<Dosage> dosage, string? status, MedicationChange? change, string? start, string? end)
    {
        var concept = medication as CodeableConcept ?? (medication is ResourceReference reference ? (entries.Find(reference) as Medication)?.Code : null);
        if ((concept.Text() ?? Sayings.Trimmed((medication as ResourceReference)?.Display)) is not { } text)
            return;

        var told = dosage.Select(dose => Sayings.Trimmed(dose.PatientInstruction) ?? Sayings.Trimmed(dose.Text)).OfType<string>().ToList();
        Medications.Add(new SummaryMedication(text, change ?? (status == "stopped" ? MedicationChange.Stopped : null), told.Count > 0 ? string.Join("\n", told) : null, concept.Code(), status, start, end));
    }

    private static string? MedicineStatus(string? status) => status switch
    {
        "Active" or "Intended" => "active",
        "Completed" => "completed",
        "Stopped" or "Cancelled" or "NotTaken" => "stopped",
        "OnHold" => "on-hold",
        _ => null,
    };

    private void Plan(CarePlan plan, string pointer)
    {
        foreach (var activity in plan.Activity)
        {
            if (entries.Find(activity.Reference) is { } resource)
                Take(resource, pointer);
            else if ((Sayings.Trimmed(activity.Detail?.Description) ?? activity.Detail?.Code.Text()) is { } text)
                Instructions.Add(new SummaryInstruction(Sayings.Trimmed(plan.Title), text));
        }

        foreach (var goal in plan.Goal.Select(entries.Find).OfType<Goal>())
        {
            if (goal.Description.Text() is { } text && !Goals.Exists(known => known.Text == text))
                Take(goal, pointer);
        }

        if (plan.Activity.Count == 0 && Sayings.Trimmed(plan.Description) is { } description)
            Instructions.Add(new SummaryInstruction(Sayings.Trimmed(plan.Title), description));
    }

    private void Visit(Appointment appointment)
    {
        var with = appointment.Participant.Select(participant => participant.Actor?.Reference?.Contains("Patient/", StringComparison.Ordinal) is true || entries.Find(participant.Actor) is Patient ? null : Name(participant.Actor)).FirstOrDefault(name => name is not null);
        var text = Sayings.Trimmed(appointment.Description) ?? appointment.ServiceType.Select(type => type.Text()).FirstOrDefault(type => type is not null) ?? appointment.AppointmentType.Text()
            ?? appointment.ReasonCode.Select(reason => reason.Text()).FirstOrDefault(reason => reason is not null) ?? (with is null ? null : with);
        if (text is null)
            return;

        var start = appointment.Start?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)
            ?? appointment.RequestedPeriod.Select(period => Sayings.Trimmed(period.Start)).FirstOrDefault();
        var told = Sayings.Trimmed(appointment.PatientInstruction);
        FollowUps.Add(new SummaryFollowUp(told is null ? text : $"{text}: {told}", with, start));
    }

    private string? Name(ResourceReference? reference) => entries.Find(reference) switch
    {
        Practitioner practitioner => Sayings.Name(practitioner.Name),
        PractitionerRole role => Name(role.Practitioner) ?? Sayings.Trimmed(role.Practitioner?.Display),
        Organization organization => Sayings.Trimmed(organization.Name),
        HealthcareService service => Sayings.Trimmed(service.Name),
        Location location => Sayings.Trimmed(location.Name),
        _ => Sayings.Trimmed(reference?.Display),
    };
}
