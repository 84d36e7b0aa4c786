using Hl7.Fhir.Model;
using Hl7.Fhir.Validation;
using Fault = System.ComponentModel.DataAnnotations.ValidationResult;

namespace ChwFhir.Fhir;

/// <summary>
/// The door to validation when the Firely .NET SDK takes the model's place (<c>-p:FhirSdk=Firely</c>): what its classes know of R4, cardinality, types, formats
/// and required codes. Invariants and profiles are told as not checked.
/// </summary>
public sealed class FhirValidation
{
    private const string Invariants = "the invariants of the specification";

    private readonly Dictionary<string, string?> _profiles = [];

    public FhirValidation(ProfileSet profiles)
    {
        foreach (var profile in profiles.Resources.OfType<StructureDefinition>())
        {
            if (profile.Url is { } url)
                _profiles.TryAdd(url, profile.Version);
        }
    }

    public IReadOnlyList<string> NotChecked => [Invariants, .. _profiles.Keys.Select(Profile)];

    public IReadOnlyCollection<string> Known => _profiles.Keys;

    public bool Knows(string canonical) => canonical.Split('|', 2) is var parts && _profiles.TryGetValue(parts[0], out var version) && (parts.Length == 1 || parts[1] == version);

    public ValidationResult Validate(Resource resource, params ReadOnlySpan<string> profiles)
    {
        var claimed = new HashSet<string>();
        foreach (var url in profiles)
        {
            if (!_profiles.ContainsKey(url.Split('|')[0]))
                throw new ArgumentException($"the profile {url} is not known", nameof(profiles));
            claimed.Add(url);
        }

        var issues = new List<ValidationIssue>();
        Look(resource, resource.TypeName, "", issues, claimed);

        return new ValidationResult(issues, [Invariants, .. claimed.Select(Profile)]);
    }

    public ValidationResult Validate<T>(FhirReading<T> reading, params ReadOnlySpan<string> profiles)
        where T : Resource
    {
        var found = reading.Resource is { } resource ? Validate(resource, profiles) : ValidationResult.Faultless;

        return reading.Issues.Count == 0 ? found : found with { Issues = [.. reading.Issues.Select(Told), .. found.Issues] };
    }

    // Object by object, so that places are told as ours tells them, with the number of every item.
    private static void Look(Base it, string expression, string pointer, List<ValidationIssue> issues, HashSet<string> claimed)
    {
        if (it is Resource resource)
            claimed.UnionWith(resource.Meta?.Profile?.OfType<string>() ?? []);

        var faults = new List<Fault>();
        DotNetAttributeValidation.TryValidate(it, faults);
        issues.AddRange(faults.Select(fault => Told(fault, it, expression, pointer)));
        foreach (var (name, value) in it.AsReadOnlyDictionary())
        {
            if (value is Base child)
                Look(child, $"{expression}.{name}", $"{pointer}/{name}{Suffix(it, name, child)}", issues, claimed);
            if (value is not IReadOnlyList<Base?> items)
                continue;
            for (var at = 0; at < items.Count; at++)
            {
                if (items[at] is { } item)
                    Look(item, $"{expression}.{name}[{at}]", $"{pointer}/{name}/{at}", issues, claimed);
            }
        }
    }

    // A choice is the only property that is called a DataType; its name in JSON ends in the type that stands there.
    private static string Suffix(Base owner, string name, Base value) =>
        owner.GetType().GetProperty(Capital(name))?.PropertyType == typeof(DataType) ? Capital(value.TypeName) : "";

    private static ValidationIssue Told(Fault fault, Base owner, string expression, string pointer)
    {
        var member = owner is not PrimitiveType && fault.MemberNames.FirstOrDefault() is { Length: > 0 } property ? Json(property) : null;
        var (rule, text) = Rule((fault as CodedValidationResult)?.ValidationException.ErrorCode);

        return new ValidationIssue(OperationOutcome.IssueSeverity.Error, OperationOutcome.IssueType.Structure, member is null ? expression : $"{expression}.{member}", rule, text)
        {
            Pointer = member is null ? pointer : $"{pointer}/{member}",
        };
    }

    // Firely's sentences repeat values, so its codes are put into words here (CodedValidationException's constants by their values).
    private static (string Rule, string Text) Rule(string? code) => code switch
    {
        "PVAL101" => ("type", "a value of this type does not belong here"),
        "PVAL102" or "PVAL105" => ("cardinality", "something that must be here is missing"),
        "PVAL103" => ("cardinality", "there are too many of these"),
        "PVAL104" => ("json", "a list has nothing at one of its places"),
        "PVAL114" or "PVAL115" => ("txt-1", "a narrative is XHTML, and only its elements that format"),
        "PVAL116" => ("binding", "the code is not in the value set"),
        "PVAL118" => ("dom-2", "a contained resource contains none"),
        _ => ("format", "the value has not the format of its type"),
    };

    private static ValidationIssue Told(FhirJsonIssue issue) => new(
        issue.Severity == OperationOutcome.IssueSeverity.Fatal ? OperationOutcome.IssueSeverity.Fatal : OperationOutcome.IssueSeverity.Error,
        OperationOutcome.IssueType.Structure,
        issue.Path,
        issue.Code == FhirJsonIssueCode.NotKept ? "unknown-element" : "json",
        $"{issue.Text} (line {issue.Line}, position {issue.Position})");

    private static string Json(string property) =>
        char.ToLowerInvariant(property[0]) + (property.EndsWith("Element", StringComparison.Ordinal) ? property[1..^"Element".Length] : property[1..]);

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Profile(string url) => $"the profile {url}";
}
