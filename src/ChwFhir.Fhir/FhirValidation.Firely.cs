using Hl7.Fhir.Model;
using Hl7.Fhir.Validation;

namespace ChwFhir.Fhir;

/// <summary>The door to validation when the Firely .NET SDK takes the model's place (<c>-p:FhirSdk=Firely</c>): what its model knows of R4. Profiles are told as not checked.</summary>
public sealed class FhirValidation(ProfileSet profiles)
{
    public IReadOnlyList<string> NotChecked { get; } = [.. profiles.Resources.OfType<StructureDefinition>().Select(profile => $"the profile {profile.Url}")];

    public IReadOnlyCollection<string> Known { get; } = [.. profiles.Resources.OfType<StructureDefinition>().Select(profile => profile.Url)];

    public ValidationResult Validate(Resource resource, params ReadOnlySpan<string> asked)
    {
        foreach (var url in asked)
        {
            if (!Known.Contains(url))
                throw new ArgumentException($"the profile {url} is not known", nameof(asked));
        }

        var found = new List<System.ComponentModel.DataAnnotations.ValidationResult>();
        DotNetAttributeValidation.TryValidate(resource, found, recurse: true);

        return new ValidationResult([.. found.Select(fault => Told(fault, resource))], [.. asked.ToArray().Concat(resource.Meta?.Profile ?? []).Select(url => $"the profile {url}")]);
    }

    public ValidationResult Validate<T>(FhirReading<T> reading, params ReadOnlySpan<string> asked)
        where T : Resource
    {
        var found = reading.Resource is { } resource ? Validate(resource, asked) : ValidationResult.Faultless;
        var read = reading.Issues.Select(issue => new ValidationIssue(issue.Severity, OperationOutcome.IssueType.Structure, issue.Path, "json", issue.Text)).ToList();

        return read.Count == 0 ? found : found with { Issues = [.. read, .. found.Issues] };
    }

    // Firely's messages repeat values, so only the place is taken from them.
    private static ValidationIssue Told(System.ComponentModel.DataAnnotations.ValidationResult fault, Resource resource) => new(
        OperationOutcome.IssueSeverity.Error,
        OperationOutcome.IssueType.Structure,
        fault.MemberNames.FirstOrDefault() is { } member ? $"{resource.TypeName}.{member}" : resource.TypeName,
        "firely",
        "Firely's model does not take it");
}
