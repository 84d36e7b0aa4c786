using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// What systems say about themselves and about each other.
internal static partial class BaseRules
{
    private static readonly Member Parts = new(Parameters.ParameterComponent.TheFacts, "part");

    private static IEnumerable<Rule> OfInfrastructure() =>
    [
        On<AuditEvent.EntityComponent>("sev-1", "an entity has a name or a query, and not both", it => it.Name is null || it.Query is null),
        On<Parameters.ParameterComponent>("inv-1", "a parameter has a value, a resource or parts, and one of them only",
            it => Parts.IsIn(it) ? it.Value is null && it.Resource is null : it.Value is null != it.Resource is null),
        On<FhirTask>("inv-1", "a task is not changed before it is made", it => it.LastModified is null || it.AuthoredOn is null || !IsAfter(it.AuthoredOn, it.LastModified)) with { Of = "Task" },
        On<CapabilityStatement>("cpb-0", "a name should be a word that a program can use", it => IsProgramName(it.Name)),
        On<CapabilityStatement>("cpb-1", "it describes REST, messaging or documents", it => it.Rest.Count > 0 || it.Messaging.Count > 0 || it.Document.Count > 0),
        On<CapabilityStatement>("cpb-2", "it has a description, a software or an implementation", it => it.Description is not null || it.Software is not null || it.Implementation is not null),
        On<CapabilityStatement>("cpb-3", "endpoints of messaging belong to an instance", it => it.Kind == CapabilityStatementKind.Instance || !it.Messaging.Exists(messaging => messaging.Endpoint.Count > 0)),
        On<CapabilityStatement>("cpb-7", "a document profile stands once a mode", it => AreDistinct(it.Document.Select(document => document.Profile + document.Mode))),
        On<CapabilityStatement>("cpb-14", "an instance names its implementation", it => it.Kind != CapabilityStatementKind.Instance || it.Implementation is not null),
        On<CapabilityStatement>("cpb-15", "a capability names its software and no implementation", it => it.Kind != CapabilityStatementKind.Capability || (it.Implementation is null && it.Software is not null)),
        On<CapabilityStatement>("cpb-16", "requirements name neither software nor implementation", it => it.Kind != CapabilityStatementKind.Requirements || (it.Implementation is null && it.Software is null)),
        On<CapabilityStatement.RestComponent>("cpb-9", "a type of resource stands once", it => AreDistinct(it.Resource.Select(resource => resource.Type?.ToString()))),
        On<CapabilityStatement.ResourceComponent>("cpb-12", "a search parameter stands once", it => AreDistinct(it.SearchParam.Select(parameter => parameter.Name))),
    ];

    private static bool IsProgramName(string? name) =>
        name is null || (name is [>= 'A' and <= 'Z', ..] && name.Length <= 255 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
}
