using System.Text.RegularExpressions;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.Planning;

/// <summary>Without the claims of our own profiles, for servers that refuse what claims a profile they do not know. What the resource says is the same.</summary>
internal static partial class WithoutOwnProfiles
{
    /// <summary>How a refusal that means the claim is told: the element that this form leaves out.</summary>
    public const string Element = "meta.profile";

    private static readonly string[] NotKnown = ["unknown", "not known", "not found", "could not be", "cannot be", "not been checked", "not supported", "unable to", "not resolve"];

    public static Form Apply(Form form, EhrForms taken) => taken.NoOwnProfiles && OwnProfiles.AreClaimed(form.Resource) ? form.As(Kept(form.Resource, taken), "without our own profiles") : form;

    /// <summary>What is updated or taken back may carry the claims of an earlier day.</summary>
    public static Resource Kept(Resource resource, EhrForms taken)
    {
        if (!taken.NoOwnProfiles || !OwnProfiles.AreClaimed(resource))
            return resource;

        var copy = (Resource)resource.DeepCopy();
        OwnProfiles.Unclaim(copy);
        return copy;
    }

    public static PlanStep Kept(PlanStep step, EhrForms taken) => step.Resource is { } resource ? step with { Resource = Kept(resource, taken) } : step;

    /// <summary>
    /// Whether a refusal is about a profile of ours that this resource claims: by its path, or by words that name the profile as unknown.
    /// That a known profile is not kept to is another matter: then the words name it too.
    /// </summary>
    public static bool AreRefused(OperationOutcome? outcome, Resource? resource)
    {
        if (outcome is null || resource is null || !OwnProfiles.AreClaimed(resource))
            return false;

        var ours = resource.Meta!.Profile.Where(OwnProfiles.IsOurs).ToList();
        return outcome.Issue.Where(issue => issue.Severity is null or OperationOutcome.IssueSeverity.Error or OperationOutcome.IssueSeverity.Fatal)
            .Any(issue => issue.Expression.Concat(issue.Location).Any(path => path is not null && Path().IsMatch(path)) || Says(issue, ours));
    }

    private static bool Says(OperationOutcome.IssueComponent issue, IEnumerable<string?> ours)
    {
        var words = $"{issue.Diagnostics} {issue.Details?.Text}";
        return ours.Any(profile => words.Contains(profile!, StringComparison.Ordinal)) && NotKnown.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\bmeta(\[\d+\])?[./](f:)?profile\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Path();
}
