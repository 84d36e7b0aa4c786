using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

// Data types, and what holds for every resource.
internal static partial class BaseRules
{
    private const string Ucum = "http://unitsofmeasure.org";

    private static readonly Member Contained = new(Patient.TheFacts, "contained");
    private static readonly Member ContainedSecurity = new(Meta.TheFacts, "security");
    private static readonly Member Extensions = new(Extension.TheFacts, "extension");
    private static readonly Member ElementDefinitionTypes = new(ElementDefinition.TheFacts, "type");

    private static IEnumerable<Rule> OfTypes() =>
    [
        On<Extension>("ext-1", "an extension has a value or extensions, and not both", it => it.Value is not null != Extensions.IsIn(it)),
        On<DomainResource>("dom-2", "what is contained contains nothing", it => !Contained.In<Resource>(it).Exists(inner => inner is DomainResource && Contained.IsIn(inner))),
        On<DomainResource>("dom-3", "what is contained is pointed at from the resource, or points at it", (it, checker) => checker.Links.IsContained || !Contained.IsIn(it) || Contained.In<Resource>(it).TrueForAll(inner => (inner.Id is { } id && checker.Links.HasSeen(id)) || checker.Links.HasSeenFrom(inner))),
        On<DomainResource>("dom-4", "what is contained has no version and no time of its last update", it => !Contained.In<Resource>(it).Exists(inner => inner.Meta is { } meta && (meta.VersionId is not null || meta.LastUpdated is not null))),
        On<DomainResource>("dom-5", "what is contained has no security labels", it => !Contained.In<Resource>(it).Exists(inner => inner.Meta is { } meta && ContainedSecurity.IsIn(meta))),
        On<DomainResource>("dom-6", "a resource should have a narrative", (it, checker) => checker.Links.IsContained || it.Text?.Div is not null),
        On<Narrative>("txt-1", "the narrative is one XHTML div, well-formed, with formatting only", (it, checker) => it.Div is not { } div || checker.Look(div).IsAllowed),
        On<Narrative>("txt-2", "the narrative has something to read", (it, checker) => it.Div is not { } div || checker.Look(div) is { IsAllowed: false } or { HasContent: true }),
        On<Attachment>("att-1", "data needs a contentType", it => it.Data is null || it.ContentType is not null),
        On<ContactPoint>("cpt-2", "a value needs a system", it => it.Value is null || it.System is not null),
        On<Quantity>("qty-3", "a coded unit needs its system", it => it.Code is null || it.System is not null),
        On<Age>("age-1", "an age is above zero and in a UCUM unit of time", it => (it.Code is not null || it.Value is null) && it.System is null or Ucum && it.Value is null or > 0),
        On<Count>("cnt-3", "a count is a whole number with the unit 1", it => (it.Code is not null || it.Value is null) && it.System is null or Ucum && it.Code is null or "1" && (it.Value is not { } value || value == decimal.Truncate(value))),
        On<Distance>("dis-1", "a distance is in a UCUM unit", it => (it.Code is not null || it.Value is null) && it.System is null or Ucum),
        On<Duration>("drt-1", "a coded duration has a value and a UCUM unit of time", it => it.Code is null || (it.System == Ucum && it.Value is not null)),
        On<Model.Range>("rng-2", "low is not above high", it => it.Low?.Value is not { } low || it.High?.Value is not { } high || it.Low.Code != it.High.Code || low <= high),
        On<Ratio>("rat-1", "a ratio has numerator and denominator, or neither and an extension", it => it.Numerator is null == it.Denominator is null && (it.Numerator is not null || Extensions.IsIn(it))),
        On<Expression>("exp-1", "an expression has its text or an address", it => it.Expression_ is not null || it.Reference is not null),
        On<DataRequirement.CodeFilterComponent>("drq-1", "a code filter has a path or a search parameter, and not both", it => it.Path is null != it.SearchParam is null),
        On<DataRequirement.DateFilterComponent>("drq-2", "a date filter has a path or a search parameter, and not both", it => it.Path is null != it.SearchParam is null),
        On<TriggerDefinition>("trd-1", "data or a timing, and not both", it => it.Timing is null || it.Data.Count == 0),
        On<TriggerDefinition>("trd-2", "a condition needs data", it => it.Condition is null || it.Data.Count > 0),
        On<TriggerDefinition>("trd-3", "a named event has a name, a periodic one a timing, one about data has data", it => it.Type switch
        {
            TriggerDefinition.TriggerType.NamedEvent => it.Name is not null,
            TriggerDefinition.TriggerType.Periodic => it.Timing is not null,
            null => true,
            _ => it.Data.Count > 0,
        }),
    ];
}
