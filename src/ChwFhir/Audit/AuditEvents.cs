using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Audit;

/// <summary>A record as FHIR R4 AuditEvent, after IHE's Basic Audit Log Patterns. Pure.</summary>
public static class AuditEvents
{
    private const string Types = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Interactions = "http://hl7.org/fhir/restful-interaction";
    private const string Purposes = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private const string EntityTypes = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private const string EntityRoles = "http://terminology.hl7.org/CodeSystem/object-role";
    private const string Participants = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";
    private const string Ours = "urn:chwfhir:audit";

    /// <summary>As the EHR gets it: why somebody released or kept back what is in no chart is told to nobody outside.</summary>
    public static AuditEvent ForTheEhr(AuditEntry entry)
    {
        var audit = Of(entry);
        if (entry.Record.Action == AuditAction.Release)
            audit.OutcomeDesc = null;
        return audit;
    }

    public static AuditEvent Of(AuditEntry entry)
    {
        var record = entry.Record;
        var audit = new AuditEvent
        {
            Type = record.Action is AuditAction.Login ? new Coding(Dicom, "110114", "User Authentication") : record.Action is AuditAction.Attack ? new Coding(Dicom, "110113", "Security Alert") : new Coding(Types, "rest", "RESTful Operation"),
            Action = record.Action switch
            {
                AuditAction.Create => AuditEvent.AuditEventAction.C,
                AuditAction.Read or AuditAction.BreakGlass => AuditEvent.AuditEventAction.R,
                AuditAction.Update or AuditAction.Release => AuditEvent.AuditEventAction.U,
                AuditAction.Delete => AuditEvent.AuditEventAction.D,
                _ => AuditEvent.AuditEventAction.E,
            },
            Recorded = record.When,
            Outcome = record.Outcome is AuditOutcome.Success ? AuditEvent.AuditEventOutcome.N0 : AuditEvent.AuditEventOutcome.N4,
            OutcomeDesc = record.Why,
            Source = new AuditEvent.SourceComponent { Site = entry.Chain, Observer = new ResourceReference { Display = "ChwFhir" } },
        };
        audit.Subtype.Add(record.Action switch
        {
            AuditAction.Read or AuditAction.Create or AuditAction.Update or AuditAction.Delete => new Coding(Interactions, Words.Of(record.Action), Words.Of(record.Action)),
            var other => new Coding(Ours, Words.Of(other), Words.Of(other)),
        });
        audit.PurposeOfEvent.Add(new CodeableConcept(Purposes, record.Purpose));
        audit.Agent.AddRange(Agents(record));
        audit.Entity.AddRange(Entities(entry));
        return audit;
    }

    private static IEnumerable<AuditEvent.AgentComponent> Agents(AuditRecord record)
    {
        var own = record.Subject == AuditRecord.Service;
        var agent = new AuditEvent.AgentComponent
        {
            Type = own ? new CodeableConcept(Dicom, "110153", "Source Role ID") : new CodeableConcept(Participants, "humanuser", "human user"),
            Who = Who(record.Subject, record.Name),
            AltId = record.Subject,
            Name = record.Name,
            Requestor = record.OnBehalfOf is null,
        };
        foreach (var role in record.Roles)
            agent.Role.Add(new CodeableConcept(Ours + ":role", role));
        if (record.From is { } address)
            agent.Network = new AuditEvent.NetworkComponent { Address = address, Type = AuditEvent.AuditEventAgentNetworkType.N2 };
        yield return agent;
        if (record.OnBehalfOf is { } author)
            yield return new AuditEvent.AgentComponent { Type = new CodeableConcept(Participants, "humanuser", "human user"), Who = Who(author, null), AltId = author, Requestor = true };
    }

    private static IEnumerable<AuditEvent.EntityComponent> Entities(AuditEntry entry)
    {
        var record = entry.Record;
        if (record.Patient is { } patient)
            yield return new AuditEvent.EntityComponent
            {
                What = patient.StartsWith("Patient/", StringComparison.Ordinal) ? new ResourceReference(patient) : new ResourceReference { Display = "a patient known by an identifier" },
                Type = new Coding(EntityTypes, "1", "Person"),
                Role = new Coding(EntityRoles, "1", "Patient"),
            };
        if (record is { Kind: AuditRecord.Ehr, Outcome: AuditOutcome.Success, Id: { } written })
            foreach (var reference in written.Split(' ').Where(part => part.Contains('/', StringComparison.Ordinal) && !part.Contains(':', StringComparison.Ordinal)))
                yield return new AuditEvent.EntityComponent { What = new ResourceReference(reference), Type = new Coding(EntityTypes, "2", "System Object"), Role = new Coding(EntityRoles, "4", "Domain Resource") };
        var what = new AuditEvent.EntityComponent
        {
            What = new ResourceReference { Identifier = new Identifier($"{Ours}:{record.Kind}", record is { Kind: AuditRecord.Ehr } || record.Id is null ? new AuditHead(entry.Chain, entry.Number, "").ToString().TrimEnd(':') : record.Id) },
            Type = new Coding(EntityTypes, "2", "System Object"),
            Role = new Coding(EntityRoles, "4", "Domain Resource"),
            Description = record.Kind,
        };
        // AuditEvent has no identifier: by its place in the chain one that was sent twice is known as one.
        what.Detail.Add(new AuditEvent.DetailComponent { Type = "record", Value = new FhirString(new AuditHead(entry.Chain, entry.Number, entry.Hash).ToString()) });
        yield return what;
    }

    private static ResourceReference Who(string subject, string? name) =>
        subject.StartsWith("Practitioner/", StringComparison.Ordinal) || subject.StartsWith("PractitionerRole/", StringComparison.Ordinal)
            ? new ResourceReference(subject) { Display = name }
            : new ResourceReference { Identifier = new Identifier($"{Ours}:subject", subject), Display = name };
}
