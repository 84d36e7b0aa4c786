using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>One input on its way to FHIR: identities, places, people, and what was made so far.</summary>
internal abstract class FhirDraft
{
    private readonly KeyBook _keys = new();
    private readonly KeyBook _steps = new();
    private readonly Dictionary<string, MappedResource> _byKey = new(StringComparer.Ordinal);
    private readonly string _patientPart;
    private readonly string _prefix;

    /// <param name="programme">Whose long-lived parts it speaks of.</param>
    private protected FhirDraft(string id, string contentHash, ResolvedNote resolved, MappingOptions options, string? programme)
    {
        (Id, ContentHash, Resolved, Options) = (id, contentHash, resolved, options);
        _patientPart = PatientKeys.Patient(resolved.Patient);
        _prefix = PatientKeys.Prefix(resolved.Patient, programme);
    }

    /// <summary>The input's own id, which every identity of it begins with.</summary>
    internal string Id { get; }

    internal string ContentHash { get; }

    internal ResolvedNote Resolved { get; }

    internal MappingOptions Options { get; }

    internal List<MappedResource> Resources { get; } = [];

    internal List<MappedResource> Held { get; } = [];

    internal List<NoteIssue> Issues { get; } = [];

    /// <summary>The encounter's own reference; set once it is known which one it is.</summary>
    internal string? EncounterReference { get; set; }

    internal ResourceReference Patient() => new(Resolved.Patient);

    internal ResourceReference? Encounter() => EncounterReference is { } reference ? new ResourceReference(reference) : null;

    internal ResourceReference? Organization() => Options.Organization switch
    {
        null => null,
        { } reference when reference.Contains("Organization/", StringComparison.Ordinal) => new ResourceReference(reference),
        { } name => new ResourceReference { Display = name },
    };

    /// <summary>A reference to a person, known or found by the EHR when it is written.</summary>
    internal static string? Conditional(string type, PersonRef person) =>
        person.Reference ?? (person.Identifier is { } identifier ? $"{type}?identifier={identifier.System}|{identifier.Value}" : null);

    internal MappedResource? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>A second name of a part, by which the note may speak of it.</summary>
    internal void Alias(string key, MappedResource resource) => _byKey.TryAdd(key, resource);

    internal string TakeKey(string key) => _keys.Take(key);

    internal string TakeStep(string stepKey) => _steps.Take(stepKey);

    /// <summary>What of the plan nobody said (<see cref="MappedResource.LeftOut"/>).</summary>
    internal List<string> LeftOutOfPlan { get; } = [];

    /// <summary>Adds a resource of this note under a key that was taken.</summary>
    internal MappedResource Add(string key, Resource resource, bool held = false, string? identityKey = null) =>
        Keep(key, resource, new Identifier(Options.IdentifierSystem, $"{Id}/{identityKey ?? key}"), longLived: false, held, null);

    /// <summary>Adds a resource that its maker has named already: whoever else files it files the same.</summary>
    internal MappedResource AddAs(string key, Resource resource, Identifier identity, bool held = false) =>
        Keep(key, resource, identity, longLived: false, held, null);

    /// <summary>Adds a resource that lives across visits under a key that was taken.</summary>
    /// <param name="leftOut"><see cref="MappedResource.LeftOut"/></param>
    internal MappedResource AddLongLived(string key, Resource resource, bool held = false, string? foldedText = null, IReadOnlyList<string>? leftOut = null) =>
        Keep(key, resource, new Identifier(Options.IdentifierSystem, OfPatient(key)), longLived: true, held, foldedText, leftOut);

    /// <summary>The encounter of a visit that has an id of its own: a planned note and the completed one share it.</summary>
    internal MappedResource AddOfVisit(string visitId, Resource resource) =>
        Keep(TakeKey("encounter"), resource, new Identifier(Options.IdentifierSystem, $"{_patientPart}/visit/{Folding.KeyPart(visitId)}/encounter"), longLived: true, held: false, null);

    /// <summary>Identity of a long-lived part, in this note or not.</summary>
    internal string OfPatient(string key) => _prefix + key;

    /// <param name="held">It is about what must not reach the chart.</param>
    internal void Warn(string code, string? pointer, string detail, bool held = false) => Issues.Add(new NoteIssue("warning", code, pointer, detail) { Held = held });

    internal void Inform(string code, string? pointer, string detail, bool held = false) => Issues.Add(new NoteIssue("information", code, pointer, detail) { Held = held });

    private MappedResource Keep(string key, Resource resource, Identifier identity, bool longLived, bool held, string? foldedText, IReadOnlyList<string>? leftOut = null)
    {
        Identify(resource, new Identifier(identity.System!, identity.Value!));
        var mapped = new MappedResource(key, resource, Uuid5.Urn(identity.System!, identity.Value!), identity, longLived) { FoldedText = foldedText, LeftOut = leftOut ?? [] };
        (held ? Held : Resources).Add(mapped);
        _byKey.TryAdd(key, mapped);

        return mapped;
    }

    private static void Identify(Resource resource, Identifier identifier)
    {
        switch (resource)
        {
            case Encounter encounter: encounter.Identifier.Add(identifier); break;
            case RelatedPerson person: person.Identifier.Add(identifier); break;
            case Condition condition: condition.Identifier.Add(identifier); break;
            case Goal goal: goal.Identifier.Add(identifier); break;
            case CarePlan plan: plan.Identifier.Add(identifier); break;
            case Observation observation: observation.Identifier.Add(identifier); break;
            case Communication communication: communication.Identifier.Add(identifier); break;
            case FhirTask task: task.Identifier.Add(identifier); break;
            case ServiceRequest request: request.Identifier.Add(identifier); break;
            case DocumentReference document: document.Identifier.Add(identifier); break;
            case QuestionnaireResponse response: response.Identifier = identifier; break;
            case Provenance provenance: (provenance.Meta ??= new Meta()).Tag.Add(new Coding(identifier.System, identifier.Value)); break;
            default: throw new InvalidOperationException($"{resource.TypeName} has no place for an identity yet.");
        }
    }
}
