using ChwFhir.Fhir.Model;
using ChwFhir.Fhir.Validation;

namespace ChwFhir.Fhir;

/// <summary>
/// Looks at resources by the rules of R4 and of the profiles given, and tells all faults at once. Made once, used by all threads; fast enough to be always
/// on. Profiles that a resource claims in <c>meta.profile</c> hold for it, and those of extensions for every extension with their address.
/// </summary>
public sealed class FhirValidation
{
    private readonly Profiles _profiles;

    public FhirValidation(ProfileSet profiles) => _profiles = new Profiles(profiles.Resources);

    /// <summary>What of the profiles is not looked at by this validator, by profile and place: rules without code, slices that it cannot tell apart.</summary>
    public IReadOnlyList<string> NotChecked => _profiles.NotChecked;

    /// <summary>The profiles known, by address.</summary>
    public IReadOnlyCollection<string> Known => _profiles.Known;

    /// <summary>Whether a profile is known by this canonical address, in its version where one stands behind a bar.</summary>
    public bool Knows(string canonical) => _profiles.Find(canonical) is { } profile && (canonical.Split('|', 2) is not [_, var version] || version == profile.Version);

    /// <param name="resource">A resource, or a Bundle with all it holds.</param>
    /// <param name="profiles">Profiles that it must keep to besides those that it claims.</param>
    /// <exception cref="ArgumentException">One of <paramref name="profiles"/> is not known.</exception>
    public ValidationResult Validate(Resource resource, params ReadOnlySpan<string> profiles)
    {
        var checker = new Checker(_profiles);
        checker.Check(resource, profiles);

        return checker.Result();
    }

    /// <summary>The same for what was read, with what only reading knows: members that stand twice, single values where lists belong, text that is no JSON.</summary>
    public ValidationResult Validate<T>(FhirReading<T> reading, params ReadOnlySpan<string> profiles)
        where T : Resource
    {
        var found = reading.Resource is { } resource ? Validate(resource, profiles) : ValidationResult.Faultless;
        var read = reading.Issues.Where(issue => reading.Resource is null || OnlyReadingKnows(issue.Code)).Select(Told).ToList();

        return read.Count == 0 ? found : found with { Issues = [.. read, .. found.Issues] };
    }

    private static bool OnlyReadingKnows(FhirJsonIssueCode code) =>
        code is FhirJsonIssueCode.DuplicateMember or FhirJsonIssueCode.NotAList or FhirJsonIssueCode.NoResourceType or FhirJsonIssueCode.BrokenText;

    // Strict here what reading forgives: R4's JSON has a list for every element that may repeat.
    private static ValidationIssue Told(FhirJsonIssue issue) => new(
        issue.Severity == OperationOutcome.IssueSeverity.Fatal ? OperationOutcome.IssueSeverity.Fatal : OperationOutcome.IssueSeverity.Error,
        OperationOutcome.IssueType.Structure,
        issue.Path,
        "json",
        $"{issue.Text} (line {issue.Line}, position {issue.Position})");
}
